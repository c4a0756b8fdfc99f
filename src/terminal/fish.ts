import { agentMarkers } from './markers.ts';
import { lookFunctions } from './shell-look.ts';

/** A word of fish, whose quotes take backslashes: https://fishshell.com/docs/current/language.html#quotes */
function fishWord(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}

/**
 * What fish reads from `vendor_conf.d` below a folder of `XDG_DATA_DIRS`: https://fishshell.com/docs/current/language.html#configuration.
 * It has nothing that comes before a command in a script and could stop it. So it looks at what is typed, when Enter is pressed, and,
 * where the machine shows it, at the text of `-c` and at the lines of a script that start a program by its path. What is found by PATH
 * meets the stand-ins, whatever a script makes of PATH.
 * @param look path of the script that looks at one command
 */
export function fishConf(title: string, { shims, look }: { readonly shims: string; readonly look: string }): string {
  return `${title}
if test -n "${agentMarkers.map((name) => `$${name}`).join('')}"
    # In the scope of whoever changes it, so that a PATH of a block or of one command is no way past.
    function _interlock_shims_first --on-variable PATH --no-scope-shadowing
        test "$PATH[1]" = ${fishWord(shims)}; or set PATH ${fishWord(shims)} $PATH
    end
    set -gx PATH $PATH
    _interlock_shims_first

    # The text without the words of fish that come before a command, as bash would take them for the command itself.
    function _interlock_plain
        string replace -ar -- '(^|[;|&\\n])[ \\t]*(?:(?:and|or|not|begin|else|end)(?:[\\s;]+|$))+' '$1 ' $argv[1] | string collect
    end

    # Fails where the gate refuses the text. With it go the values that it names and does not set itself, the words of a list on a line each.
    function _interlock_look
        set -l _interlock_known known
        set -l _interlock_values
        string match -qr '\\b(set|read|for|function|argparse)\\b' -- $argv[1]; and set _interlock_known unknown
        for _interlock_name in (string match -ar '\\$[A-Za-z_][A-Za-z0-9_]*' -- $argv[1] | string sub -s 2)
            if set -q $_interlock_name; and not set -qx $_interlock_name; and not contains -- $_interlock_name argv status pipestatus history version
                set -a _interlock_values $_interlock_name=(string join \\n -- $$_interlock_name | string collect)
            end
        end
        /usr/bin/env $_interlock_values /bin/sh ${fishWord(look)} $_interlock_known (_interlock_plain $argv[1])
    end

    # Of a script the lines that start a covered program by its path are looked at, and where it goes to before.
    function _interlock_script
        test -r "$argv[1]"; or return 0
        set -l _interlock_names (string replace -r '.*/' '' -- ${fishWord(shims)}/* | string escape --style=regex | string join '|')
        set -l _interlock_paths "/(?:$_interlock_names)(?![A-Za-z0-9._+-])"
        string match -qr -- $_interlock_paths <$argv[1]; or return 0
        set -l _interlock_lines (string match -er -- "^\\s*(?:cd|pushd|popd)\\b|$_interlock_paths" <$argv[1] | string collect)
        /bin/sh ${fishWord(look)} unknown (_interlock_plain $_interlock_lines)
    end

    if status is-interactive
        function _interlock_enter
            set -l text (commandline | string collect)
            if string match -qr '[/>$]|^\\s*kill' -- $text
                set -l said (_interlock_look $text 2>&1)
                or begin
                    printf '\\n%s' $said
                    echo
                    commandline ''
                    commandline -f repaint
                    return
                end
            end
            commandline -f execute
        end
        for _interlock_mode in default insert
            bind -M $_interlock_mode \\r _interlock_enter
            bind -M $_interlock_mode \\n _interlock_enter
        end
    else if test -r /proc/$fish_pid/cmdline
        set -l words (string split0 < /proc/$fish_pid/cmdline)
        set -e words[1]
        set -l before
        for word in $words
            if test "$before" = text
                /bin/sh ${fishWord(look)} unknown (_interlock_plain $word); or exec /bin/sh -c 'exit 126'
                break
            end
            switch $word
                case '-*c'
                    set before text
                case '-*'
                case '*'
                    _interlock_script $word; or exec /bin/sh -c 'exit 126'
                    break
            end
        end
    end
end
`;
}

/**
 * A script for `sh` that fails where the gate refuses a command. Its first word says whether the variables of the command are what its
 * environment says; then comes the command, and its parameters.
 */
export function lookScript(title: string, place: { readonly shims: string; readonly launcher: string }): string {
  return `${title}
${lookFunctions(place, { lists: false })}

# Whoever calls this splits no values, and gives those of a list a line each.
IFS='
'
if [ "$1" = unknown ]; then
  _interlock_variable() { return 1; }
  _interlock_resolve() { return 1; }
fi
shift
_interlock_look "$@"
`;
}
