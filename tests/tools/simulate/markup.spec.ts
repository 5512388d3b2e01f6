import assert from "node:assert/strict";
import { html, Markup, tableOf } from "../../../tools/simulate/markup";

describe("html", () => {
  it("escapes what is put in, and leaves Markup", () => {
    const hostile = `<script>"it's" & more</script>`;
    const escaped = "&lt;script&gt;&quot;it&#39;s&quot; &amp; more&lt;/script&gt;";

    assert.equal(
      html`<p title="${hostile}">${hostile}</p>`.text,
      `<p title="${escaped}">${escaped}</p>`,
    );
    assert.equal(
      html`<p>${new Markup("<b>x</b>")}${html`<i>${"<"}</i>`}</p>`.text,
      "<p><b>x</b><i>&lt;</i></p>",
    );
  });

  it("joins lists, writes numbers and leaves out what is undefined", () => {
    assert.equal(html`${["<", html`<br />`, [1.5]]}|${0}|${undefined}`.text, "&lt;<br />1.5|0|");
  });
});

describe("tableOf", () => {
  it("has a caption, headings of columns and of rows", () => {
    const text = tableOf("Caption <", ["", "A"], [["row", html`<b>1</b>`]], true).text.replace(
      /\s+/g,
      " ",
    );

    assert.match(text, /<table class="figures"> ?<caption> ?Caption &lt; ?<\/caption>/);
    assert.match(text, /<th scope="col">A<\/th>/);
    assert.match(text, /<th scope="row">row<\/th> ?<td><b>1<\/b><\/td>/);
  });

  it("has no head without headings", () => {
    assert.doesNotMatch(tableOf("c", [], [["row", "1"]]).text, /<thead>/);
  });
});
