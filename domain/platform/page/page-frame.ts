import { type Html, html, oneLine, toText } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'

interface Frame {
  locale: Locale
  title: string
  nonce: string
  body: Html
  script?: Html
  /** Of this page alone. */
  style?: Html
}

/** The header that goes with a public page: nothing but its own style, script and form, and pictures that are part of it. */
export function contentSecurityPolicy(cspNonce: string, { pictures = false } = {}): string {
  const images = pictures ? ' img-src data:;' : ''
  return `default-src 'none';${images} style-src 'nonce-${cspNonce}'; script-src 'nonce-${cspNonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
}

/** The document around every public page: one style sheet, light and dark, no request to anywhere. */
export function pageFrame({ locale, title, nonce, body, script, style }: Frame): string {
  return toText(html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<title>${oneLine(title)}</title>
<style nonce="${nonce}">${styles()}${style}</style>
</head>
<body>
<main>
${body}
</main>
${script && html`<script nonce="${nonce}">${script}</script>`}
</body>
</html>
`)
}

// A function: nothing of it stays in bundles that show no page.
const styles = () => html`
:root{--page:#f2f4f7;--card:#fff;--line:#e4e7ec;--ink:#101828;--soft:#475467;--faint:#667085;--blue:#0b5cad;--onblue:#fff;--tint:#e3effb;--red:#b42318;--redtint:#fef1ef;--field:#fff;--edge:#98a2b3}
@media (prefers-color-scheme:dark){:root{--page:#101418;--card:#1a2027;--line:#2c343d;--ink:#f2f4f7;--soft:#d0d5dd;--faint:#98a2b3;--blue:#8ec5ff;--onblue:#0b1c2e;--tint:#223246;--red:#ff9c8f;--redtint:#3a2321;--field:#12171c;--edge:#667085}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 -apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;-webkit-text-size-adjust:100%}
main{max-width:560px;margin:0 auto;padding:20px 16px 40px;overflow-wrap:anywhere}
h1{font-size:24px;line-height:1.3;margin:2px 0 0}
h2{font-size:17px;margin:0 0 10px}
p{margin:0}
.faint{color:var(--faint);font-size:14px}.whole{white-space:nowrap}
.level{display:inline-block;margin-top:8px;padding:2px 10px;border-radius:99px;background:var(--tint);color:var(--blue);font-size:14px;font-weight:600}
.card{margin-top:16px;padding:18px 16px;background:var(--card);border:1px solid var(--line);border-radius:14px}
ul{list-style:none;margin:0;padding:0}
li+li{margin-top:12px;padding-top:12px;border-top:1px solid var(--line)}
.due{margin-top:14px}
.due li{padding:10px 14px;margin-top:8px;border:0;border-radius:12px;background:var(--tint)}
.due strong{display:block;font-size:14px;color:var(--blue)}
.due .late{background:var(--redtint)}
.due .late strong{color:var(--red)}
.call{display:flex;align-items:center;justify-content:center;flex-wrap:wrap;gap:0 8px;min-height:56px;margin-top:12px;padding:8px 16px;border-radius:14px;background:var(--blue);color:var(--onblue);font-size:18px;font-weight:600;text-decoration:none}
.call span{font-weight:400;font-size:15px}
.wechat{display:flex;align-items:center;justify-content:space-between;gap:12px;margin-top:12px;padding-left:4px}
button{min-height:48px;padding:8px 14px;border:1px solid var(--edge);border-radius:12px;background:var(--card);color:var(--blue);font:inherit;font-weight:600;cursor:pointer}
button:disabled{opacity:.6}
.save{width:100%;min-height:56px;margin-top:18px;border-color:var(--blue);background:var(--blue);color:var(--onblue);font-size:18px}
.row{display:flex;flex-wrap:wrap;gap:8px}
.quick{display:grid;grid-template-columns:repeat(auto-fit,minmax(74px,1fr));gap:8px;margin-top:8px}
.quick button{padding:8px 2px;font-size:14px}
[hidden]{display:none!important}
fieldset{margin:0;padding:0;border:0;min-width:0}
legend,label.name{display:block;padding:0;margin:16px 0 6px;font-weight:600}
fieldset:first-of-type legend{margin-top:0}
.kind{position:relative}
.kind input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.kind span{display:flex;align-items:center;justify-content:center;min-height:48px;padding:4px 12px;border:1px solid var(--edge);border-radius:12px}
.kind input:checked+span{border-color:var(--blue);background:var(--tint);color:var(--blue);font-weight:600;box-shadow:inset 0 0 0 1px var(--blue)}
textarea,input[type=date]{display:block;width:100%;min-height:48px;padding:10px 12px;border:1px solid var(--edge);border-radius:12px;background:var(--field);color:var(--ink);font:inherit}
textarea{min-height:112px;resize:vertical}
.hint{margin-top:6px;color:var(--faint);font-size:14px}
.fault{margin-bottom:14px;padding:10px 14px;border-radius:12px;background:var(--redtint);color:var(--red);font-weight:600}
:focus-visible,.kind input:focus-visible+span{outline:3px solid var(--blue);outline-offset:2px}
.end{margin-top:20px;color:var(--faint);font-size:13px}
.result{padding:32px 20px;text-align:center}
.result h1{margin-bottom:8px}
`
