import { SIGNS, type Change } from "./diagram-node";
import { textWidth } from "./text-width";

export const LEGEND_HEIGHT = 28;

const WORDS: Readonly<Record<Change, string>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  same: "unchanged",
};

/** What the colors and signs mean, in one line. */
export function legend(): string {
  let left = 0;
  return (Object.keys(WORDS) as Change[])
    .map((change) => {
      const x = left;
      left += 40 + textWidth(WORDS[change], 12) + 20;
      const sign =
        change === "same"
          ? ""
          : `<text class="sign" x="16" y="14">${SIGNS[change].replace("-", "−")}</text>`;
      const box = change === "same" ? "card" : "bar";
      return `<g class="node key ${change}" transform="translate(${x.toFixed(1)} 0)"><rect class="${box}" width="32" height="18" rx="4"/>${sign}<text class="word" x="40" y="14">${WORDS[change]}</text></g>`;
    })
    .join("");
}
