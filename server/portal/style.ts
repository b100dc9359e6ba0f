/** For the tab; without one a browser asks for it at another place. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M3 8l4 4 6-8" fill="none" stroke="#0b5394" stroke-width="2.5"/></svg>';

/** What the portal's pages have beyond the page of a plan: forms, and rows of a list. */
export const PORTAL_STYLE = `
[hidden]{display:none!important}
form,.step{background:var(--panel);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:1rem 0}
form h2,.step h2{margin:0 0 .5rem}
form p,.step p,main>p{margin:.5rem 0}
label.field{display:block;margin:.75rem 0 .25rem;font-weight:600}
label.check{display:flex;gap:.6rem;align-items:center;min-height:2.75rem}
label.check input{width:1.25rem;height:1.25rem;margin:0;flex:none}
input[type=text],textarea,select{width:100%;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:.4rem;padding:.6rem .75rem}
textarea{min-height:5rem}
.code{font-size:1.4rem!important;letter-spacing:.15em;max-width:16rem}
button,.button{display:inline-block;font:inherit;font-weight:600;min-height:2.75rem;padding:.55rem 1.1rem;border-radius:.4rem;border:1px solid var(--note);background:var(--note);color:var(--paper);cursor:pointer;text-decoration:none}
button.quiet,.button.quiet{background:transparent;color:var(--note)}
button.no{background:transparent;border-color:var(--gone);color:var(--gone)}
button:disabled{opacity:.6;cursor:progress}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1rem}
.alert{background:var(--stop);border-left:.3rem solid var(--gone);border-radius:.25rem;padding:.6rem .8rem;margin:.75rem 0}
.hint{background:var(--warn);border-left:.3rem solid var(--edit);border-radius:.25rem;padding:.6rem .8rem;margin:.75rem 0}
.small{color:var(--soft);font-size:.9rem}
.rows{list-style:none;margin:0;padding:0}
.rows li{border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;margin:.5rem 0}
.rows a{font-weight:600}
.turn{color:var(--edit);font-weight:600}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0}
nav a{display:inline-block;padding:.6rem 0}
form.stop{background:var(--stop);border-color:var(--gone)}
form.bare{background:none;border:0;padding:0;margin:.5rem 0 0}
footer form{background:none;border:0;padding:0;margin:0}
.print{font:1.25rem ui-monospace,SFMono-Regular,Consolas,monospace;letter-spacing:.05em}
@media print{form,button,.button{display:none}}
`;
