import { bookReferrers } from '../domain/finance/owned-books.ts'
import { leadReferrer } from '../domain/marketing/lead/lead-referrer.ts'
import { ownReferrers, type Referrer } from '../domain/parties/index.ts'
import { turnedFiles } from '../domain/platform/file/turn-files.ts'
import { documentReferrers } from '../domain/sales/document/document-referrers.ts'

/** Every kind of record that refers to customers, in the order in which a merge turns them. A job that is under way counts by place. */
export const referrers: Referrer[] = [...ownReferrers, turnedFiles, ...documentReferrers, ...bookReferrers, leadReferrer]
