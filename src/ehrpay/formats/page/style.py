"""How a report looks: on a screen, light and dark, on a phone, on paper. Plain ASCII, nothing fetched."""

from __future__ import annotations

_LIGHT = """--page:#fff;--card:#f4f6f8;--ink:#16191d;--quiet:#535b66;--line:#d3d9e0;--grid:#e6eaef;--link:#0a5a9c;
--pay:#0f7482;--box:#7fc4cc;--band:#7a62c9;--span:#8a94a3;--offer:#b3245a;--up:#1d7f4e;--down:#b4521a;--warn:#8a5a00;
--warn-card:#fff6e0"""

_DARK = """--page:#14171b;--card:#1e2329;--ink:#e9ecf0;--quiet:#a8b1bd;--line:#3a424c;--grid:#262c33;--link:#82bdf2;
--pay:#7fdbe6;--box:#2b7d88;--band:#a693ee;--span:#8692a3;--offer:#ff86ae;--up:#5ecb92;--down:#f09a5b;--warn:#f2c14e;
--warn-card:#2b2515"""

COLORS = f""":root{{color-scheme:light dark;{_LIGHT}}}
@media (prefers-color-scheme:dark){{:root{{{_DARK}}}}}
@media print{{:root{{color-scheme:light;{_LIGHT}}}}}
@media (forced-colors:active){{:root{{--page:Canvas;--ink:CanvasText;--quiet:CanvasText;--line:CanvasText;
--grid:GrayText;--pay:CanvasText;--box:GrayText;--band:Highlight;--span:GrayText;--offer:LinkText;
--up:Highlight;--down:LinkText}}}}
"""

CHART = """text{font:14px/1.3 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
fill:var(--ink);paint-order:stroke;stroke:var(--page);stroke-width:5px;stroke-linejoin:round;
font-variant-numeric:tabular-nums}
.tick{fill:var(--quiet);font-size:12.5px}
.amount,.name{font-weight:600}
.name{font-size:17px}
.grid{stroke:var(--grid)}
.axis{stroke:var(--line)}
.whisker{stroke:var(--pay);stroke-width:2}
.thread{stroke:var(--quiet);stroke-dasharray:2 3}
.box{fill:var(--box)}
.total{fill:var(--pay)}
.break{fill:none;stroke:var(--page);stroke-width:3}
.axis-break{fill:none;stroke:var(--quiet);stroke-width:1.5}
.middle{fill:var(--pay);stroke:var(--page);stroke-width:1.5}
.span{fill:var(--span)}
.span-middle{fill:var(--ink);stroke:var(--page);stroke-width:1.5}
.band{fill:var(--band)}
.offer{fill:var(--offer);stroke:var(--page);stroke-width:1.5}
.up{fill:var(--up)}
.down{fill:var(--down)}
.part1,.part2,.part3,.part4,.part5,.part6{stroke:var(--page);stroke-width:1.5}
.part1{fill:var(--pay)}
.part2{fill:var(--up)}
.part3{fill:var(--band)}
.part4{fill:var(--down)}
.part5{fill:var(--offer)}
.part6{fill:var(--span)}
"""

PAGE = """*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:2.5rem 1.25rem 4rem;max-width:50rem;background:var(--page);color:var(--ink);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .35rem;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.3;margin:2.75rem 0 .75rem}
h3::first-letter,dt::first-letter,tbody th:not(.id)::first-letter,.warnings li::first-letter{text-transform:uppercase}
h3{font-size:1rem;margin:1.25rem 0 .25rem}
p{margin:.5rem 0}
a{color:var(--link)}
a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.quiet,figcaption,caption{color:var(--quiet)}
.ends{display:grid;grid-template-columns:1fr 1.35fr 1fr;gap:.75rem;margin:1.5rem 0 1rem}
.ends:has(>:nth-child(4)){grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr))}
.ends div{background:var(--card);border-radius:.6rem;padding:.8rem 1rem;display:flex;flex-direction:column;
justify-content:flex-end;min-width:0}
.ends dt{color:var(--quiet);font-size:.875rem;overflow-wrap:anywhere}
.ends dd{margin:0;font-size:1.5rem;font-weight:650;line-height:1.25;font-variant-numeric:tabular-nums}
.ends .main{border-bottom:.25rem solid var(--pay)}
.ends .main dd{font-size:2.1rem}
.ends:has(>:nth-child(4)) .main dd{font-size:1.5rem}
figure{margin:1.25rem 0 1.5rem}
figcaption{font-size:.875rem;margin-top:.5rem}
.chart{display:block;overflow:visible}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;margin:.5rem 0 1rem}
caption{text-align:left;font-size:.875rem;padding-bottom:.35rem;overflow-wrap:anywhere}
th,td{padding:.4rem .5rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead th{border-top:0;border-bottom:2px solid var(--line);font-size:.875rem}
tbody th{font-weight:400}
tfoot th,tfoot td,tr.strong th,tr.strong td{font-weight:650}
tfoot tr:first-child>*{border-top:2px solid var(--line)}
.scroll{overflow-x:auto}
.narrow{width:auto;min-width:min(100%,24rem)}
.number{text-align:right;white-space:nowrap}
.side .number,thead .number{white-space:normal}
.side:not(.narrow){table-layout:fixed}
.whole{white-space:nowrap}
.long{overflow-wrap:anywhere}
tr.under td{border-top:0;padding-top:0;font-size:.875rem;color:var(--quiet)}
.warnings{background:var(--warn-card);border-left:.3rem solid var(--warn);border-radius:.3rem;padding:.75rem 1rem;
margin:1.5rem 0}
.warnings h2{font-size:1rem;margin:0 0 .25rem;color:var(--warn)}
.warnings ul{margin:0;padding-left:1.1rem}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:.75rem 0}
dl.facts dt{color:var(--quiet)}
dl.facts dd{margin:0;min-width:0;overflow-wrap:anywhere}
.sources li{margin:.5rem 0}
.sources{padding-left:1.4rem}
code{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.875rem}
footer code{color:var(--ink)}
@media (max-width:34rem){
body{padding:1.5rem 1rem 3rem}
h1{font-size:1.45rem}
.ends,.ends:has(>:nth-child(4)){grid-template-columns:1fr 1fr}
.ends .main{grid-column:1/-1;grid-row:1}
dl.facts{grid-template-columns:1fr;gap:0}
dl.facts dd{margin-bottom:.5rem}
table{font-size:.9rem}
th,td{padding:.35rem .3rem}
.side:not(.narrow){table-layout:auto}
}
@media (max-width:23rem){
.chart text{font-size:11.5px}
:not(.scroll)>table:not(.side) tr>:nth-child(4){display:none}
}
@media print{
@page{margin:16mm 15mm}
body{max-width:none;padding:0;font-size:10.5pt}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
h2,h3,caption{break-after:avoid}
figure,tr,.ends,.warnings,.sources li{break-inside:avoid}
a{color:inherit;text-decoration:none}
.sources a::after{content:" <" attr(href) ">";color:var(--quiet);overflow-wrap:anywhere}
}
"""
