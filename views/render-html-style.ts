/** The style sheet of the page. Its hash is in the page's content security policy; nothing else is allowed. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--panel:#f6f8fa;
--new:#116329;--gone:#a40e26;--edit:#7d4e00;--note:#0b5394;--warn:#fff4d6;--stop:#ffe9e9}
@media (prefers-color-scheme:dark){:root{--paper:#0f1318;--ink:#e8ecf1;--soft:#a9b4c0;--line:#3a434d;
--panel:#181e25;--new:#5bd075;--gone:#ff9a9a;--edit:#f0b84d;--note:#8ec2ff;--warn:#332a10;--stop:#3d1719}}
*{box-sizing:border-box}
html{font:100%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
header,main,footer{max-width:52rem;margin:0 auto;padding:1rem}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static;display:block;padding:.75rem 1rem}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0}
h2{font-size:1.2rem;margin:2rem 0 .5rem}
h3{font-size:1.05rem;margin:1.5rem 0 .25rem;padding-top:.75rem;border-top:2px solid var(--line)}
p{margin:0}
bdi[lang]{direction:ltr}
a{color:var(--note)}
:focus-visible{outline:3px solid var(--note);outline-offset:2px}
header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1rem;padding-bottom:0}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem .5rem;align-items:center}
legend{float:left;padding:0 .25rem 0 0;font-size:.9rem;color:var(--soft)}
fieldset label{display:inline-flex;gap:.4rem;align-items:center;min-height:2.75rem;padding:0 .25rem}
fieldset input{width:1.15rem;height:1.15rem;margin:0}
html:has(#language-nl:checked) body [lang=en],html:has(#language-en:checked) body [lang=nl]{display:none}
body .choice [lang]{display:inline-flex!important}
.summary{background:var(--panel);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin-top:.5rem}
.summary h2{margin:0 0 .75rem}
.facts{display:block;margin:0;font-size:1rem}
.facts div{display:grid;grid-template-columns:12rem 1fr;gap:0 1rem;padding:.4rem 0;border-top:1px solid var(--line)}
.facts dt{grid-row:1/span 4}
.facts dd{grid-column:2}
.facts .commits dd,.facts .cost dd,.facts .final dd{font-weight:600}
.net{list-style:none;margin:0;padding:0}
.net>li{border-top:1px solid var(--line);padding:.35rem 0}
.net>li:first-child{border-top:0}
.net details{margin:0}
.net summary{color:inherit;padding:.15rem 0}
.net small{display:block;color:var(--soft);font-size:.9rem}
.goes h3,.goes b{color:var(--gone)}
.net ol.c{border-left:.2rem solid var(--line);padding-left:.75rem;margin:.25rem 0 .5rem .2rem}
.stays ul{list-style:none;margin:0;padding:0}
.stays ul ul{padding-left:1.1rem}
.warnings h2{margin-top:.75rem}
.warnings ul{list-style:none;margin:0;padding:0}
.warnings li{background:var(--warn);border-left:.3rem solid var(--edit);border-radius:.25rem;padding:.6rem .8rem;margin:.5rem 0}
.warnings .s{background:var(--stop);border-color:var(--gone)}
ol.c{list-style:none;margin:0;padding:0}
ol.c>li{position:relative;padding:.75rem 0 .75rem 2rem}
ol.c>li+li{border-top:1px solid var(--line)}
ol.c>li::before{position:absolute;left:0;top:.7rem;width:1.4rem;text-align:center;font-weight:700}
li.create::before{content:"+" / "";color:var(--new)}
li.update::before{content:"~" / "";color:var(--edit)}
li.replace::before{content:"±" / "";color:var(--gone)}
li.delete::before{content:"−" / "";color:var(--gone)}
li.adopt::before{content:"→" / "";color:var(--note)}
li.forget::before{content:"○" / "";color:var(--note)}
.tag{display:inline-block;font-size:.8rem;font-weight:600;border:1px solid;border-radius:1rem;padding:0 .55rem;margin-right:.4rem}
.destructive .tag{color:var(--gone)}
.sensitive .tag{color:var(--edit)}
.routine .tag{color:var(--soft)}
.found{list-style:none;margin:0;padding:0}
.found>li{border-top:1px solid var(--line);padding:.75rem 0}
dl{margin:.4rem 0 0;display:grid;grid-template-columns:minmax(6rem,11rem) 1fr;gap:.15rem .9rem;font-size:.95rem}
dt{color:var(--soft)}
dd{margin:0;min-width:0}
dd ul{list-style:none;margin:0;padding:0}
del{color:var(--gone)}
ins{color:var(--new);text-decoration:none;font-weight:600}
.k,.n{color:var(--soft)}
.r{margin-top:.35rem;color:var(--edit)}
details{margin-top:.4rem}
summary{color:var(--soft);cursor:pointer;padding:.35rem 0}
code{font-family:ui-monospace,SFMono-Regular,Consolas,monospace;font-size:.9em}
.about dl{grid-template-columns:minmax(6rem,12rem) 1fr;gap:.4rem .9rem}
footer{color:var(--soft);border-top:1px solid var(--line);margin-top:2rem}
@media (max-width:34rem){.facts div{grid-template-columns:1fr;padding:.3rem 0}.facts dt{font-size:.85rem}.facts dd{grid-column:1}
dl,.about dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.35rem}
ol.c>li{padding-left:1.6rem}ol.c>li::before{width:1.1rem}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--line:#999;--panel:#fff;--new:#0a4d1c;
--gone:#8b0018;--edit:#5f3b00;--note:#063b70;--warn:#fff;--stop:#fff}
@page{size:A4;margin:16mm 16mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#444}}
html{font-size:10.5pt}
header,main,footer{max-width:none;padding:0}
.choice,.skip{display:none}
ol.c>li,.found>li,.warnings li,.about{break-inside:avoid}
h2,h3{break-after:avoid}
.warnings li{border:1px solid var(--edit);border-left-width:.3rem}
ol.c details{display:none}
ol.c dl{grid-template-columns:repeat(4,auto);justify-content:start}
details::details-content{content-visibility:visible;display:block}
summary{list-style:none}}
`;
