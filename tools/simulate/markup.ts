import { escapeMarkup } from "../preview/escape-markup";

/** Text that is HTML already. */
export class Markup {
  constructor(readonly text: string) {}
}

type Content = Markup | string | number | undefined | readonly Content[];

/** A template of HTML or SVG: what is put in is escaped, unless it is Markup; lists are joined, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const parts = strings.map((text, index) => `${text}${render(contents[index])}`);
  return new Markup(parts.join(""));
}

function render(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "object") return content.map(render).join("");
  return escapeMarkup(String(content));
}

/** A table with a caption; columns from the second on are figures where `figures` says so. */
export function tableOf(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly Content[])[],
  figures = false,
): Markup {
  const kind = figures ? html` class="figures"` : html``;
  const head =
    headings.length === 0
      ? undefined
      : html`<thead>
          <tr>
            ${headings.map((text) => html`<th scope="col">${text}</th>`)}
          </tr>
        </thead>`;
  const body = rows.map(
    ([first, ...cells]) =>
      html`<tr>
        <th scope="row">${first}</th>
        ${cells.map((cell) => html`<td>${cell}</td>`)}
      </tr>`,
  );
  return html`<div class="scroll"><table${kind}><caption>${caption}</caption>${head}<tbody>${body}</tbody></table></div>
`;
}
