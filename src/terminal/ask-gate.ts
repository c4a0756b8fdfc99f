import { agentMarkers } from './markers.ts';

/** Shell text that is empty outside an agent's shell. */
export const markersSet = agentMarkers.map((name) => `\${${name}-}`).join('');

/**
 * POSIX shell function that prints one word as a JSON string. What JSON cannot hold as it is stands in few places, so the text is taken
 * in pieces up to there.
 */
export const jsonWord = `_interlock_json() {
  _interlock_left=$1
  printf '"'
  while :; do
    _interlock_piece=\${_interlock_left%%[\\\\\\"[:cntrl:]]*}
    printf '%s' "$_interlock_piece"
    [ "$_interlock_piece" = "$_interlock_left" ] && break
    _interlock_left=\${_interlock_left#"$_interlock_piece"}
    _interlock_after=\${_interlock_left#?}
    _interlock_one=\${_interlock_left%"$_interlock_after"}
    case $_interlock_one in
      \\\\ | \\") printf '\\\\%s' "$_interlock_one" ;;
      *) printf '\\\\u%04x' "'$_interlock_one" ;;
    esac
    _interlock_left=$_interlock_after
  done
  printf '"'
}`;
