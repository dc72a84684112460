/**
 * What a message may speak of. A field that is not always there needs a default in the template, so that no recipient ever
 * makes a mail fail, or reads "Dear ,".
 */
export const mergeFields: Record<string, { always: boolean; meaning: string }> = {
  'contact.name': { always: true, meaning: 'Name of the recipient' },
  'contact.title': { always: false, meaning: 'Position in the firm' },
  'contact.email': { always: true, meaning: 'Address of the recipient' },
  'customer.name': { always: true, meaning: 'Firm of the recipient' },
  'customer.shortName': { always: false, meaning: 'Short name of the firm' },
  'customer.industry': { always: false, meaning: 'Industry of the firm' },
  'owner.name': { always: false, meaning: 'Who looks after the customer' },
  'owner.email': { always: false, meaning: 'Address of who looks after the customer' },
  'tenant.name': { always: true, meaning: 'Our name' },
  'tenant.postalAddress': { always: true, meaning: 'Our postal address' },
  'campaign.name': { always: true, meaning: 'Name of the campaign' },
  unsubscribeUrl: { always: true, meaning: 'Where the recipient unsubscribes' },
  today: { always: true, meaning: 'The day of sending, such as 2026-11-21' },
}

export const isMergeField = (name: string): boolean => Object.hasOwn(mergeFields, name)

/** Fields that a template uses and that may be missing for a recipient, without a default. */
export const withoutDefault = (used: readonly string[], defaults: Readonly<Record<string, string>>): string[] =>
  used.filter((name) => isMergeField(name) && !mergeFields[name]!.always && !Object.hasOwn(defaults, name))

export type MergeValues = Record<string, string | undefined>

/** The values of a recipient as Liquid reads them: `contact.name` is `name` of `contact`; what is missing has its default. */
export function mergeTree(values: MergeValues, defaults: Readonly<Record<string, string>>): Record<string, unknown> {
  // What links of a mail begin with: no field of templates, put in when a mail is sent (response/click-link.ts).
  const tree: Record<string, unknown> = { clickBase: values.clickBase ?? '' }
  for (const field of Object.keys(mergeFields)) {
    const value = values[field] ?? defaults[field] ?? ''
    const [first, second] = field.split('.') as [string, string?]
    if (second === undefined) tree[first] = value
    else tree[first] = { ...(tree[first] as object), [second]: value }
  }
  return tree
}
