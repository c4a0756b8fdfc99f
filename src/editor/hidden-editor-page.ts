/** What the page of the read-safe editor is made of. */
export interface PageParts {
  /** Fresh for each page. */
  readonly nonce: string;
  /** Where the editor serves files of the extension from. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly title: string;
}

/** The page of the read-safe editor: a frame without any value, which its script fills with names and shapes. */
export function hiddenEditorPage({ nonce, cspSource, script, style, title }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${escaped(cspSource)}; script-src 'nonce-${escaped(nonce)}'; form-action 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escaped(style)}">
<title>${escaped(title)}</title>
</head>
<body>
<main>
<header>
<h1 id="title">${escaped(title)}</h1>
<p id="note"></p>
</header>
<table aria-describedby="note">
<thead><tr id="columns"></tr></thead>
<tbody id="entries"></tbody>
</table>
<form id="add" hidden></form>
<footer id="actions"></footer>
<p id="status" role="status" aria-live="polite"></p>
</main>
<script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
