import { escapeMarkup } from "../../preview/escape-markup";

/** The text as the content or a quoted attribute of an XML element; letters that XML does not allow are left out. */
export function escapeXml(text: string): string {
  return escapeMarkup(
    text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ""),
  );
}
