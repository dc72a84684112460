import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { MessageTemplate } from './message-template.ts'

export const allMessageTemplates = ['MESSAGE-TEMPLATES']

/** All of a tenant in one partition; the texts stand beside the record, so that a list stays small. */
export const messageTemplates = defineEntity<MessageTemplate>({
  type: 'message-template',
  prefix: 'mtp',
  schemaVersion: 1,
  key: (id) => ({ pk: allMessageTemplates, sk: [id] }),
  detail: { name: 'TEXT', fields: ['body', 'html', 'text'] },
  guards: ({ externalId }) => externalIdGuard('message-template', externalId),
})
