import { initialsOf, pinyinOf } from '../../domain/kernel/pinyin.ts'

const legalForm = /(?:集团)?(?:股份有限公司|有限责任公司|有限公司)$/
const full = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
const strange = '之的了小新子中一'

type Kind = 'missing' | 'added' | 'swapped' | 'full width' | 'brackets' | 'spaces' | 'legal form' | 'no legal form' | 'pinyin' | 'initials'
interface Variant {
  kind: Kind
  typed: string
}

/** The ways in which a Chinese name is typed wrong, or otherwise. Slips fall on the part before the legal form. */
export function typedVariants(name: string, random: () => number): Variant[] {
  const stem = name.replace(legalForm, '').replace(/[()]/g, '')
  const form = name.slice(name.match(legalForm)?.index ?? name.length)
  const at = Math.floor(random() * stem.length)
  const neighbour = Math.floor(random() * (stem.length - 1))
  const extra = strange[Math.floor(random() * strange.length)]!
  const swapped = stem.slice(0, neighbour) + stem[neighbour + 1] + stem[neighbour] + stem.slice(neighbour + 2)
  const variants: Variant[] = [
    { kind: 'missing', typed: stem.slice(0, at) + stem.slice(at + 1) + form },
    { kind: 'added', typed: stem.slice(0, at) + extra + stem.slice(at) + form },
    { kind: 'swapped', typed: swapped + form },
    { kind: 'full width', typed: full(`${stem}(${form})`) },
    { kind: 'brackets', typed: `${stem.slice(0, 2)}（${stem.slice(2)}）${form}` },
    { kind: 'spaces', typed: [...name].join(random() < 0.5 ? ' ' : '　') },
    { kind: 'legal form', typed: stem + (form.includes('股份') ? '有限责任公司' : '股份有限公司') },
    { kind: 'no legal form', typed: stem },
    { kind: 'pinyin', typed: pinyinOf(stem) },
    { kind: 'initials', typed: initialsOf(stem) },
  ]
  return stem.length >= 4 ? variants : variants.filter((variant) => !['missing', 'added', 'swapped', 'initials'].includes(variant.kind))
}
