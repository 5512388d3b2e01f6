import { createHash } from "node:crypto";
import type { Responder } from "./responder";

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { display: grid; min-height: 100vh; margin: 0; place-items: center; }
h1 { font-size: 1.25rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 1.5rem; }
dt { opacity: 0.7; }
dd { margin: 0; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
`;

/** Directives of the Content-Security-Policy that allows the page its style and nothing else. */
export const pageSecurityPolicy = {
  "default-src": ["'none'"],
  "style-src": [`'sha256-${createHash("sha256").update(style).digest("base64")}'`],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
};

/** The HTML page that says who answered. */
export function renderPage(responder: Responder): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ["version", responder.version],
    ["task definition", responder.taskDefinition],
    ["zone", responder.zone],
    ["instance", responder.instance],
    ["task", responder.task],
    ["host", responder.host],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who answered</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>This request was answered by</h1>
<dl>
${rows.map(([term, value]) => `<dt>${term}</dt><dd>${escapeHtml(value ?? "unknown")}</dd>`).join("\n")}
</dl>
</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
