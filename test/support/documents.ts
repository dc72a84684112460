import { readFileSync } from 'node:fs'
import { composeDocument } from '../../domain/platform/document/compose/compose-document.ts'
import type { Composed } from '../../domain/platform/document/compose/composed.ts'
import type { DocumentView } from '../../domain/platform/document/document-view.ts'
import type { Letterhead } from '../../domain/platform/document/letterhead.ts'
import type { FontSource } from '../../domain/platform/document/pdf/shared-fonts.ts'
import { defaultTemplate } from '../../domain/platform/document/template/default-template.ts'
import type { TemplateContent } from '../../domain/platform/document/template/template.ts'
import { builtFonts } from '../../infra/fonts.ts'

export const letterhead: Letterhead = {
  name: '上海关系精密传动有限公司',
  address: '上海市闵行区申长路 988 弄 5 号楼',
  phone: '+86 21 6288 1234',
  email: 'sales@guanxi.example',
  taxNumber: '91310112MA1XXXXX5X',
  bankAccounts: [{ bank: '中国工商银行上海虹桥支行', account: '1001 2345 0920 0012 345' }],
}

/** Fonts from where the build puts them; `asked` keeps the names of those that were read. */
export async function builtFontSource(asked: string[] = []): Promise<FontSource> {
  const folder = await builtFonts()
  return (name) => {
    asked.push(name)
    return readFileSync(`${folder}/${name}.ttf`)
  }
}

/** A document in its built-in template, changed as the test wants. */
export function composed(view: DocumentView, changes: Partial<TemplateContent> = {}, from: Letterhead = letterhead): Composed {
  const built = defaultTemplate(view.kind, changes.locale ?? 'zh-CN', changes.paper)
  return composeDocument(view, { template: { ...built, ...changes }, letterhead: from })
}

/** How many pages a PDF has. */
export const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
