/**
 * How a report looks. Colours of components keep apart for people who see red and green alike (Okabe and Ito, Color
 * Universal Design, 2008), lightened on dark ground. On paper it is light, and nothing is torn between two pages.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f7f9; --text: #1c2127; --muted: #5a6470; --edge: #dfe3e8; --grid: #e8ebef;
  --cpu: #0072b2; --gpu: #009e73; --dram: #e69f00; --rest: #8d96a0; --projected: #a3539b; --good: #00795a;
  --more: #b4400a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15181c; --raised: #1d2126; --text: #e6e9ed; --muted: #9da7b3; --edge: #323840; --grid: #2a2f36;
    --cpu: #56a8e0; --gpu: #3cbf95; --dram: #eab544; --rest: #7d8793; --projected: #cf8ec8; --good: #4cc79d;
    --more: #f0915f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.5rem 3rem; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.15rem; font-weight: 650; }
h3 { margin: 1.25rem 0 0; font-size: 0.95rem; font-weight: 600; }
p { margin: 0.5rem 0; }
.kind { margin: 0 0 0.25rem; color: var(--muted); font-size: 0.85rem; }
.lead { color: var(--muted); }
pre {
  margin: 0.6rem 0 0; padding: 0.7rem 0.9rem; background: var(--raised); border: 1px solid var(--edge);
  border-radius: 6px; font: 13px/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace;
  white-space: pre-wrap;
}
.tiles {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.75rem; margin: 1.5rem 0 0;
}
.tile { padding: 0.8rem 1rem; background: var(--raised); border: 1px solid var(--edge); border-radius: 8px; }
.tile dt { color: var(--muted); font-size: 0.8rem; }
.tile dd { margin: 0; }
.tile .value { white-space: nowrap; font-size: 1.35rem; font-weight: 650; line-height: 1.35; font-variant-numeric: tabular-nums; }
.tile .error { color: var(--muted); font-size: 0.95rem; font-weight: 500; }
.tile .note { color: var(--muted); font-size: 0.8rem; line-height: 1.35; }
.scroll { overflow-x: auto; }
.scroll table { min-width: 34rem; }
.scroll th, .scroll td { min-width: 4.5rem; }
.scroll tbody th { min-width: 8.5rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.45rem 0.75rem 0.45rem 0; border-bottom: 1px solid var(--edge); text-align: left; vertical-align: top; }
thead th { color: var(--muted); font-size: 0.8rem; font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 500; }
.facts tbody th { width: 13rem; color: var(--muted); font-weight: 400; }
.number { text-align: right; white-space: nowrap; }
th.number, td.number { padding-right: 1.25rem; }
tr.sum > * { font-weight: 650; }
.less { color: var(--good); }
.more { color: var(--more); }
ul { margin: 0.5rem 0; padding-left: 1.2rem; }
figure { margin: 1.75rem 0 0; }
figcaption h2 { margin: 0; font-size: 0.95rem; font-weight: 600; }
figcaption { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; align-items: baseline; margin-bottom: 0.4rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; margin: 0; padding: 0; list-style: none; }
.legend li { color: var(--muted); font-size: 0.85rem; }
.swatch {
  display: inline-block; width: 0.8rem; height: 0; margin-right: 0.4rem; vertical-align: 0.25rem;
  border-top: 3px solid var(--colour);
}
.swatch.dashed { border-top-style: dashed; border-top-width: 2px; }
svg { display: block; width: 100%; height: auto; }
.grid { stroke: var(--grid); }
.tick { fill: var(--muted); font-size: 11px; }
.label { fill: var(--text); font-size: 12px; }
.area, .bar { fill: var(--colour); }
.area { fill-opacity: 0.85; }
.shade { fill: var(--colour); fill-opacity: 0.14; }
.line { fill: none; stroke: var(--colour); stroke-width: 2; stroke-linejoin: round; }
.line.dashed { stroke-dasharray: 6 4; stroke-width: 1.5; }
.band { fill: var(--projected); fill-opacity: 0.2; }
.whisker { stroke: var(--text); stroke-width: 1.25; fill: none; }
.cpu, .energy, .run-1 { --colour: var(--cpu); }
.gpu, .run-3 { --colour: var(--gpu); }
.dram, .run-2 { --colour: var(--dram); }
.rest, .intensity, .run-6 { --colour: var(--rest); }
.projected, .run-4 { --colour: var(--projected); }
.run-5 { --colour: var(--more); }
footer { margin-top: 3rem; padding-top: 0.8rem; border-top: 1px solid var(--edge); color: var(--muted); font-size: 0.8rem; }
@media (max-width: 40rem) {
  main { padding: 1.5rem 1rem 2rem; }
  .tick { font-size: 15px; }
  .label { font-size: 20px; }
}
@media print {
  :root {
    --ground: #ffffff; --raised: #f6f7f9; --text: #000000; --muted: #4a525c; --edge: #d0d5db; --grid: #e3e6ea;
    --cpu: #0072b2; --gpu: #009e73; --dram: #e69f00; --rest: #8d96a0; --projected: #a3539b; --good: #00795a;
    --more: #b4400a;
  }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  figure, tr, .tile, pre { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
