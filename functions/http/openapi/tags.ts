import type { Route } from '../route.ts'

/** The nouns of the API in the order in which the documentation shows them. */
const nouns: [noun: string, name: string, description: string][] = [
  ['customers', 'Customers', 'Firms that buy, or shall. Each has one owner, or lies in the public pool.'],
  ['leads', 'Leads', 'People who may become customers: captured, scored, assigned, converted once.'],
  ['lead-forms', 'Forms for leads', 'Pages for everybody by which leads come, with confirmed addresses and recorded consent.'],
  ['lead-rules', 'Rules for leads', 'How leads are scored, and who gets them.'],
  ['merges', 'Merges', 'Two customers that were one, made one: how far the job came, what it moved, and how it is undone.'],
  ['pools', 'Public pools', 'Where customers without an owner lie until somebody claims them.'],
  ['contacts', 'Contacts', 'The people of a customer.'],
  ['activities', 'Activities', 'Calls, visits and messages that took place, with what came of them.'],
  ['follow-ups', 'Follow-ups', 'Planned contacts: the one truth of what is next.'],
  ['agenda', 'Agenda', 'What is due for a person between two days.'],
  ['views', 'Saved views', 'Searches kept under a name, for a person, a team or everybody.'],
  ['products', 'Products', 'What the firm sells, with its prices: for everybody, by level of the customer, by quantity.'],
  ['orders', 'Orders', 'What a customer ordered: drafted, confirmed against its credit, amended, shipped in parts.'],
  ['quotes', 'Quotes', 'What was offered to a customer, in revisions, until it is accepted, declined or expires.'],
  ['shipments', 'Shipments', 'Goods that leave, of orders or not ordered: dispatched, signed for, taken back.'],
  ['files', 'Files', 'Business cards, contracts and photographs on any record. The bytes go straight to the file store.'],
  [
    'imports',
    'Imports',
    'Records from CSV and XLSX files: looked through, tried out, written row by row, and taken back when they should not be there.',
  ],
  ['reports', 'Reports', 'Figures over time: as rows, as a sheet, as a picture.'],
  ['campaigns', 'Campaigns', 'One mail to a segment, each recipient once: planned, tested, launched, and what it came to.'],
  ['segments', 'Segments', 'Who is meant: a saved search over contacts and their customers, with lists of people beside it.'],
  [
    'document-templates',
    'Templates of documents',
    'How quotes, orders, delivery notes and statements look: layout, columns, paper, language.',
  ],
  ['delivery-notes', 'Delivery notes', 'Many delivery notes in one PDF, and how often each was printed.'],
  ['document-images', 'Pictures of documents', 'Logos, seals and other pictures that documents show.'],
  ['message-templates', 'Templates of mails', 'MJML with merge fields, compiled when it is saved.'],
  ['suppressions', 'Suppressions', 'Addresses that marketing mail does not go to, each with its reason.'],
  ['reply-hook', 'Reply hook', 'Where the mail server of a firm posts the answers to marketing mail, and how it signs them.'],
  ['exports', 'Exports', 'What the caller sees, as CSV or XLSX: searched, written by a job, and downloaded for a week.'],
  [
    'receivables',
    'Receivables',
    'What customers owe, since when, and when it falls due: opened by shipments and instalments, or entered by hand.',
  ],
  ['receipts', 'Receipts', 'Money that came in, what it settles, and what is left of it; bills that are paid when they mature.'],
  ['credit-notes', 'Credit notes', 'What a customer is credited with: for goods that came back, or as an allowance.'],
  ['write-offs', 'Write-offs', 'What is given up as lost.'],
  ['events', 'Events', 'What happened: the audit trail of the firm.'],
  ['tenant', 'Firm', 'The settings of the firm.'],
  ['me', 'Caller', 'The caller itself.'],
  ['users', 'Users', 'The people of the firm, with their roles and managers.'],
  ['handovers', 'Handovers', 'What became of everything that a leaver had.'],
  ['api-keys', 'API keys', 'Access for programs.'],
]

export const tags = nouns.map(([, name, description]) => ({ name, description }))

const nounOf = (path: string) => path.split('/')[2]!

/** The tag of a route: that of its noun. Fails for a noun that has no words here yet. */
export function tagOf(route: Pick<Route, 'path'>): string {
  const entry = nouns.find(([noun]) => noun === nounOf(route.path))
  if (!entry) throw new Error(`functions/http/openapi/tags.ts says nothing about the noun of ${route.path}.`)
  return entry[1]
}
