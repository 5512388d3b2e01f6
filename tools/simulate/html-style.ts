/**
 * The look of a report, in light and in dark by the reader's own setting. Every pair of text and ground has a
 * contrast of 4.5 or more, and what a colour says a form or a word says too.
 */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f8fa; --edge: #d0d7de; --text: #1f2328; --muted: #57606a;
  --supply: #0969da; --lack: #cf222e; --desired: #8250df; --demand: #1f2328; --limit: #9a6700;
  --good: #116329; --good-ground: #dafbe1; --bad: #a40e26; --bad-ground: #ffebe9;
  --detection: #bf8700; --instances: #0969da; --taskStart: #1a7f37; --maxTasks: #cf222e;
  --maxInstances: #8250df; --placement: #57606a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --raised: #161b22; --edge: #30363d; --text: #e6edf3; --muted: #9198a1;
    --supply: #4493f8; --lack: #f85149; --desired: #bc8cff; --demand: #e6edf3; --limit: #d29922;
    --good: #56d364; --good-ground: #12261e; --bad: #ff7b72; --bad-ground: #2d1214;
    --detection: #d29922; --instances: #4493f8; --taskStart: #3fb950; --maxTasks: #f85149;
    --maxInstances: #bc8cff; --placement: #9198a1;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; background: var(--ground);
  color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
}
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--edge); font-size: 1.15rem; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
p { margin: .5rem 0; max-width: 46rem; }
.sub, .note { color: var(--muted); }
.note { font-size: .875rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem; margin: 1.5rem 0; padding: 0; list-style: none; }
.cards li { padding: .75rem 1rem; border: 1px solid var(--edge); border-radius: .5rem; background: var(--raised); }
.cards b { display: block; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.cards span { color: var(--muted); font-size: .875rem; }
.cards .bad { border-color: var(--bad); background: var(--bad-ground); }
.cards .bad b { color: var(--bad); }
.cards .good { border-color: var(--good); background: var(--good-ground); }
.cards .good b { color: var(--good); }
.cards .good span, .cards .bad span { color: var(--text); }
figure { margin: 0 0 1.25rem; }
figcaption { display: flex; flex-wrap: wrap; gap: .125rem 1.25rem; align-items: baseline; font-size: .875rem; }
.legend { display: flex; flex-wrap: wrap; gap: .125rem 1rem; color: var(--muted); }
.key { display: inline-flex; align-items: center; gap: .375rem; }
.key svg { width: 22px; height: 10px; min-width: 0; }
.scroll { overflow-x: auto; }
figure .scroll svg { display: block; width: 100%; min-width: 34rem; height: auto; }
.small figure .scroll svg { min-width: 0; }
.small figcaption { font-size: .8rem; }
svg text { fill: var(--muted); font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums; }
.axis path { stroke: var(--muted); fill: none; }
.grid path { stroke: var(--edge); fill: none; }
.line { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.area { stroke: none; }
.area.supply { fill: var(--supply); fill-opacity: .35; }
.line.supply { stroke: var(--supply); }
.area.lack { fill: var(--lack); fill-opacity: .75; }
.line.lack { stroke: var(--lack); }
.line.desired { stroke: var(--desired); stroke-dasharray: 2 2; }
.line.demand { stroke: var(--demand); stroke-width: 1.25; }
.line.limit { stroke: var(--limit); stroke-dasharray: 7 4; }
.mark text { fill: var(--text); font-size: 11px; }
.mark path { stroke: var(--text); stroke-dasharray: 1 3; fill: none; }
.band.ground { fill: var(--raised); stroke: var(--edge); }
.band.detection { fill: var(--detection); } .band.instances { fill: var(--instances); }
.band.taskStart { fill: var(--taskStart); } .band.maxTasks { fill: var(--maxTasks); }
.band.maxInstances { fill: var(--maxInstances); } .band.placement { fill: var(--placement); }
.scroll + .scroll { margin-top: 1.5rem; }
table { border-collapse: collapse; font-size: .9rem; }
caption { padding-bottom: .375rem; color: var(--muted); text-align: left; }
th, td { padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--edge); text-align: left; vertical-align: top; }
thead th { color: var(--muted); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 500; white-space: nowrap; }
td { font-variant-numeric: tabular-nums; }
.figures td, .figures thead th:not(:first-child) { text-align: right; white-space: nowrap; }
.best { color: var(--good); font-weight: 700; }
.grid-of-runs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: .5rem 1.5rem; }
details { margin: 1rem 0; }
summary { cursor: pointer; font-weight: 600; }
pre { overflow-x: auto; padding: .75rem 1rem; border: 1px solid var(--edge); border-radius: .5rem; background: var(--raised); font-size: .8rem; }
@media print { body { max-width: none; padding: 0; } details > summary { list-style: none; } }
`;
