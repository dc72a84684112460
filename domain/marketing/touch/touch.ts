/** What of a campaign reached somebody so that something may have come of it. */
const touchKinds = ['clicked', 'replied', 'lead'] as const
type TouchKind = (typeof touchKinds)[number]

export interface Touch {
  at: string
  campaignId: string
  /** Of the customer, as it was then. */
  partition: string
  kind: TouchKind
}

const letters: Record<TouchKind, string> = { clicked: 'k', replied: 'r', lead: 'l' }

/** As it is stored, in few bytes: a month of touches is read in one go. */
export const packTouch = ({ kind, partition }: Touch): string => `${letters[kind]}${partition}`

/** A stored text as the touch that it is; moment and campaign stand in its key. */
export function unpackTouch(at: string, campaignId: string, text: string): Touch {
  const kind = touchKinds.find((one) => letters[one] === text[0])!
  return { at, campaignId, kind, partition: text.slice(1) }
}
