/** A folder with this file in it holds shims, whoever wrote them: no shim looks for the real program there. */
export const FOLDER_MARK = '.interlock-shims';
/** What the second line of every shim says, by which a folder's own shims are known. */
export const SHIM_MARK = 'Interlock: asks before an agent runs this program';
