import { agentMarkers } from './markers.ts';

/** Shell text that is empty outside an agent's shell. */
export const markersSet = agentMarkers.map((name) => `\${${name}-}`).join('');

/**
 * POSIX shell function that prints one word as a JSON string. What JSON cannot hold as it is stands in few places, so the text is taken
 * in pieces up to there. For a subshell: it changes variables.
 */
export const jsonWord = `_interlock_json() {
  left=$1
  printf '"'
  while :; do
    piece=\${left%%[\\\\\\"[:cntrl:]]*}
    printf '%s' "$piece"
    [ "$piece" = "$left" ] && break
    left=\${left#"$piece"}
    after=\${left#?}
    one=\${left%"$after"}
    case $one in
      \\\\ | \\") printf '\\\\%s' "$one" ;;
      *) printf '\\\\u%04x' "'$one" ;;
    esac
    left=$after
  done
  printf '"'
}`;
