import * as z from 'zod'
import { defineEvent } from './define.ts'

const contactId = 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const changed = z.array(z.string())
const pauseReasons = ['asked', 'bounces', 'complaints', 'refused', 'launcher-gone', 'audience', 'template'] as const
const suppression = {
  scope: z.string(),
  reason: z.enum(['manual', 'unsubscribed', 'bounced', 'complained']),
  contactId: z.string().nullable(),
}

export const SuppressionAdded = defineEvent({
  name: 'suppression.added',
  version: 1,
  summary: 'An address is not mailed any more: by its own wish, because it bounced or complained, or since somebody put it on the list.',
  data: z.strictObject(suppression),
  sample: { scope: 'tenant', reason: 'unsubscribed', contactId },
})

export const SuppressionChanged = defineEvent({
  name: 'suppression.changed',
  version: 1,
  summary: 'The reason or note of a suppression was changed.',
  data: z.strictObject({ changed }),
  sample: { changed: ['reason'] },
})

export const SuppressionRemoved = defineEvent({
  name: 'suppression.removed',
  version: 1,
  summary: 'An address may be mailed again; `byRecipient` when the recipient asked for that.',
  data: z.strictObject({ ...suppression, byRecipient: z.boolean() }),
  sample: { scope: 'tenant', reason: 'unsubscribed', contactId, byRecipient: true },
})

export const CampaignClicked = defineEvent({
  name: 'campaign.clicked',
  version: 1,
  summary: 'Somebody clicked in the mail of a campaign, for the first time.',
  data: z.strictObject({ contactId: z.string(), delivery: z.string() }),
  sample: { contactId, delivery: '0-3-7' },
})

export const CampaignReplied = defineEvent({
  name: 'campaign.replied',
  version: 1,
  summary: 'Somebody answered the mail of a campaign, for the first time.',
  data: z.strictObject({ contactId: z.string(), delivery: z.string() }),
  sample: { contactId, delivery: '0-3-7' },
})

export const MessageTemplateCreated = defineEvent({
  name: 'message-template.created',
  version: 1,
  summary: 'A template of a mail was saved.',
  data: z.strictObject({}),
  sample: {},
})

export const MessageTemplateChanged = defineEvent({
  name: 'message-template.changed',
  version: 1,
  summary: 'A template of a mail was changed.',
  data: z.strictObject({ changed }),
  sample: { changed: ['body'] },
})

export const MessageTemplateDeleted = defineEvent({
  name: 'message-template.deleted',
  version: 1,
  summary: 'A template of a mail was deleted.',
  data: z.strictObject({}),
  sample: {},
})

export const SegmentCreated = defineEvent({
  name: 'segment.created',
  version: 1,
  summary: 'A segment was saved.',
  data: z.strictObject({}),
  sample: {},
})

export const SegmentChanged = defineEvent({
  name: 'segment.changed',
  version: 1,
  summary: 'A segment was changed.',
  data: z.strictObject({ changed }),
  sample: { changed: ['where'] },
})

export const SegmentDeleted = defineEvent({
  name: 'segment.deleted',
  version: 1,
  summary: 'A segment was deleted.',
  data: z.strictObject({}),
  sample: {},
})

export const SegmentCountAsked = defineEvent({
  name: 'segment.count-asked',
  version: 1,
  summary: 'Somebody counts a segment that one function cannot look through.',
  data: z.strictObject({ by: z.string() }),
  sample: { by: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' },
})

export const CampaignCreated = defineEvent({
  name: 'campaign.created',
  version: 1,
  summary: 'A campaign was planned.',
  data: z.strictObject({}),
  sample: {},
})

export const CampaignChanged = defineEvent({
  name: 'campaign.changed',
  version: 1,
  summary: 'A campaign was changed.',
  data: z.strictObject({ changed }),
  sample: { changed: ['budget'] },
})

export const CampaignDeleted = defineEvent({
  name: 'campaign.deleted',
  version: 1,
  summary: 'A campaign that was never launched was deleted.',
  data: z.strictObject({}),
  sample: {},
})

export const CampaignLaunched = defineEvent({
  name: 'campaign.launched',
  version: 1,
  summary: 'A campaign was launched: it starts at `startAt`.',
  data: z.strictObject({ run: z.int(), startAt: z.string() }),
  sample: { run: 1, startAt: '2026-11-21T01:00:00.000Z' },
})

export const CampaignStarted = defineEvent({
  name: 'campaign.started',
  version: 1,
  summary: 'The audience of a campaign was snapshotted, and its first mails go out.',
  data: z.strictObject({ audience: z.int() }),
  sample: { audience: 1240 },
})

export const CampaignPaused = defineEvent({
  name: 'campaign.paused',
  version: 1,
  summary: 'A campaign stands still: somebody asked for it, or a brake was pulled.',
  data: z.strictObject({ reason: z.enum(pauseReasons) }),
  sample: { reason: 'bounces' },
})

export const CampaignResumed = defineEvent({
  name: 'campaign.resumed',
  version: 1,
  summary: 'A campaign goes on.',
  data: z.strictObject({ run: z.int() }),
  sample: { run: 2 },
})

export const CampaignCancelled = defineEvent({
  name: 'campaign.cancelled',
  version: 1,
  summary: 'A campaign was ended before its time.',
  data: z.strictObject({}),
  sample: {},
})

const sampleResult = z.strictObject({ sent: z.int(), responded: z.int() })
export const CampaignDecided = defineEvent({
  name: 'campaign.decided',
  version: 1,
  summary: 'The test of two contents is over: everybody behind the sample gets the winner.',
  data: z.strictObject({ winner: z.enum(['a', 'b']), a: sampleResult, b: sampleResult }),
  sample: { winner: 'b', a: { sent: 100, responded: 4 }, b: { sent: 100, responded: 9 } },
})

export const CampaignFinished = defineEvent({
  name: 'campaign.finished',
  version: 1,
  summary: 'The last of the audience was dealt with.',
  data: z.strictObject({}),
  sample: {},
})
