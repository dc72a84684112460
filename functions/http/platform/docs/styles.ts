/** The look of the documentation: two columns where there is room, light and dark, printable. */
export const styles = `
:root{--page:#fff;--side:#f6f7f9;--line:#e4e7ec;--ink:#101828;--soft:#475467;--faint:#667085;--blue:#0b5cad;--code:#f2f4f7;--dark:#0f1720;--ondark:#e6edf3;--get:#0b6b3a;--post:#0b5cad;--patch:#93590a;--delete:#b42318}
@media (prefers-color-scheme:dark){:root{--page:#12171c;--side:#171d24;--line:#2c343d;--ink:#f2f4f7;--soft:#c3cad3;--faint:#98a2b3;--blue:#8ec5ff;--code:#222a33;--dark:#0b0f14;--get:#7ddba3;--post:#8ec5ff;--patch:#f3c47b;--delete:#ff9c8f}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:16px}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.6 -apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
nav{position:fixed;inset:0 auto 0 0;width:280px;overflow-y:auto;padding:24px 16px;background:var(--side);border-right:1px solid var(--line)}
nav a{display:block;color:var(--soft);text-decoration:none;border-radius:6px}
nav .brand{font-size:20px;font-weight:700;color:var(--ink)}
nav .brand span{color:var(--faint);font-weight:400}
nav input{width:100%;margin:14px 0 6px;padding:8px 10px;border:1px solid var(--line);border-radius:8px;background:var(--page);color:var(--ink);font:inherit}
nav .tag{margin-top:14px;font-weight:600;color:var(--ink)}
nav .op{padding:3px 6px;font-size:13px}
nav .op:hover,nav .op:focus-visible{background:var(--line)}
b.get,b.post,b.patch,b.put,b.delete{display:inline-block;min-width:5em;font-size:11px;letter-spacing:.04em;text-transform:uppercase}
b.get{color:var(--get)}b.post,b.put{color:var(--post)}b.patch{color:var(--patch)}b.delete{color:var(--delete)}
main{margin-left:280px;padding:40px 48px 80px;max-width:1440px}
h1{margin:0 0 12px;font-size:32px;line-height:1.2}
h2{margin:56px 0 4px;font-size:24px}
h3{margin:0;font-size:19px}
h4{margin:18px 0 4px;font-size:13px;letter-spacing:.04em;text-transform:uppercase;color:var(--faint)}
p{margin:8px 0;max-width:72ch}
main a{color:var(--blue)}
code,pre{font:13px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"PingFang SC",monospace}
code{padding:1px 5px;border-radius:5px;background:var(--code)}
pre{color-scheme:dark;white-space:pre-wrap;overflow-wrap:anywhere;margin:8px 0;padding:14px 16px;overflow:auto;max-height:420px;border-radius:10px;background:var(--dark);color:var(--ondark,#e6edf3)}
article{margin-top:28px;padding-top:28px;border-top:1px solid var(--line)}
.route{margin:4px 0 0}
.columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:32px}
.fields,.statuses{list-style:none;margin:0;padding:0}
.fields li{padding:8px 0;border-top:1px solid var(--line)}
.fields li:first-child{border-top:0}
.fields p{margin:2px 0;color:var(--soft);font-size:14px}
.fields details{margin:4px 0 0 12px}
.type{color:var(--faint);font-size:13px;overflow-wrap:anywhere}
em{margin-left:6px;color:var(--delete);font-size:12px;font-style:normal}
details{margin-top:10px}
summary{cursor:pointer;color:var(--blue);font-size:14px}
.status{margin:14px 0 0;color:var(--faint);font-size:13px}
@media (max-width:1100px){.columns{grid-template-columns:minmax(0,1fr);gap:0}}
@media (max-width:760px){nav{position:static;width:auto;border:0;max-height:50vh}main{margin:0;padding:24px 16px}}
@media print{nav{display:none}main{margin:0}pre{max-height:none}}
`
