/** Legal forms as tokens at the end of a name (China, Japan, USA, UK, Germany, Netherlands, France, Italy, Spain, neighbours, Russia). */
export const legalTokens: ReadonlySet<string> = new Set(
  `inc incorporated corp corporation co company ltd limited llc llp lp plc pllc lllp cic pte pty sdn bhd
gmbh mbh ggmbh ag kg kgaa ohg gbr ug ek eg ev se aktiengesellschaft kommanditgesellschaft haftungsbeschrankt
bv nv vof cv bvba sprl besloten vennootschap naamloze
sa sas sasu sarl eurl snc sca scop sci
spa srl srls sapa scarl scrl
sl slu sau sll slne
kk gk yk kabushiki yugen godo kaisha gaisha
ab oy oyj aps asa ltda sro spzoo
ооо оао зао пао ао ип`
    .split(/\s+/)
    .filter(Boolean),
)

/** Legal forms that also stand in front: SARL Dupont. Only those that are no words of their own. */
export const leadingLegalTokens: ReadonlySet<string> = new Set('sarl eurl sas sasu snc kabushiki pt ооо оао зао пао ао ип'.split(' '))

/** Legal forms of several words, written out; they are reduced to one token before the others are looked for. */
export const writtenOut: readonly (readonly [RegExp, string])[] = [
  [/\bgesellschaft (?:mit beschrankter haftung\b|m\. ?b\. ?h\b)/g, 'gmbh'],
  [/\bsociete a responsabilite limitee\b/g, 'sarl'],
  [/\bsociete par actions simplifiee\b/g, 'sas'],
  [/\bsociete anonyme\b/g, 'sa'],
  [/\bsocieta (?:per azioni|a responsabilita limitata)\b/g, 'spa'],
  [/\bsociedad (?:anonima|limitada|de responsabilidad limitada)\b/g, 'sl'],
  [/\bpublic limited company\b/g, 'plc'],
  [/\blimited liability (?:company|partnership)\b/g, 'llc'],
  [/\bsp\.? ?z ?o\. ?o\b/g, 'spzoo'],
  [/\bs\. ?r\. ?o\b/g, 'sro'],
  [/\bs\/a\b/g, 'sa'],
  [/\ba\/s\b/g, 'aps'],
  [/общество с ограниченнои ответственностью/g, 'ооо'],
  [/(?:(?:публичное|открытое|закрытое|непубличное) )?акционерное общество/g, 'ао'],
  [/индивидуальныи предприниматель/g, 'ип'],
]

/** Korean legal forms, wherever they stand, with a space or without one. */
export const koreanLegalForms = /주식회사|유한책임회사|유한회사|합자회사|합명회사/g

/** Chinese and Japanese legal forms, wherever they stand. */
export const hanLegalForms =
  /股份有限责任公司|股份有限公司|有限责任公司|有限公司|股份公司|股份合作公司|集团公司|有限责任|有限合伙|特殊普通合伙|普通合伙|个人独资企业|个体工商户|个体户|株式会社|有限会社|合同会社|合资会社|合名会社/g

/** Those that only count at the very end, since they also stand inside of names. */
export const hanLegalTail = /(?:集团|股份|总厂|厂|总公司|(?<![分子])公司|合伙企业)$/
