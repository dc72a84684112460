import { html } from '../../kernel/html.ts'

/** What the page of a document has beyond every public page: it is as wide as a desk allows, and its lines are a table there. */
export const documentPageStyle = () => html`
main{max-width:900px}
.firm{display:flex;gap:14px;align-items:center}
.firm img{max-width:120px;max-height:52px;border-radius:6px;background:#fff;padding:2px}
.firm strong{font-size:18px}
.head{display:flex;flex-wrap:wrap;gap:4px 16px;justify-content:space-between;align-items:flex-end}
.total{text-align:right;font-size:28px;font-weight:700;color:var(--blue)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin:16px 0}
.facts dt,.no,.price,.much{color:var(--faint)}
.total small{display:block;font-size:14px;font-weight:400;color:var(--faint)}
.facts dt{font-size:14px}
dd{margin:0}
.button{display:inline-flex;align-items:center;min-height:48px;padding:8px 18px;border:1px solid var(--blue);border-radius:12px;color:var(--blue);font-weight:600;text-decoration:none}
.lines{list-style:none;margin:0;padding:0}
.lines li{display:grid;grid-template-columns:1fr auto;gap:2px 12px;margin:0;padding:12px 0;border-top:1px solid var(--line)}
.lines li:first-child{border-top:0;padding-top:0}
.no{display:none}
.what{grid-column:1/-1}
.much{grid-column:1;display:inline}
.lines i{font-style:normal}
.price{grid-column:1;grid-row:2;padding-left:0}
.much{grid-row:2}
.price,.much{justify-self:start}
.much{width:max-content}
.amount{grid-column:2;grid-row:2;font-weight:600;text-align:right}
.sums{margin:4px 0 8px;padding-top:10px;border-top:2px solid var(--blue)}
.sums div{display:flex;justify-content:space-between;gap:16px;padding:2px 0;color:var(--soft)}
.sums .strong{padding-top:6px;font-size:20px;font-weight:700;color:var(--ink)}
.words p{color:var(--soft)}
.state{text-align:center;padding:24px 16px}
.state.accepted,.state.confirmed{border-color:#12805c;background:color-mix(in srgb,#12805c 10%,var(--card))}
.state.objected,.state.rejected,.state.expired,.state.superseded{background:var(--redtint)}
input:not([type=hidden]){display:block;width:100%;min-height:48px;padding:10px 12px;border:1px solid var(--edge);border-radius:12px;background:var(--field);color:var(--ink);font:inherit}
textarea{min-height:84px}
details{margin-top:18px;padding-top:6px;border-top:1px solid var(--line)}
summary{min-height:48px;padding:12px 0;color:var(--faint);cursor:pointer;font-weight:600}
details button{margin-top:14px}
.people a{display:inline-block;padding:10px 0;color:var(--blue)}
@media(max-width:699px){.lines li{grid-template-columns:auto 1fr auto}.what{grid-column:1/-1}.much{grid-column:1}.price{grid-column:2;margin-left:-8px}.amount{grid-column:3}.account .lines li{grid-template-columns:1fr auto}.account .price{grid-column:1;margin-left:0}.account .amount{grid-column:2}}
@media(min-width:700px){
.card{padding:24px 28px}
.lines li{grid-template-columns:28px minmax(0,1fr) 110px 120px 130px;align-items:baseline}
.no{display:block}.what{grid-column:auto}
.much,.price,.amount{grid-column:auto;grid-row:auto;justify-self:end;text-align:right;margin:0}
.account .lines li{grid-template-columns:minmax(0,1fr) 150px 150px}
.price i{display:none}
.sums{margin-left:auto;width:360px}
form{max-width:520px}
}
@media print{form,details,.button{display:none}}
`
