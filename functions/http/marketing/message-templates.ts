import {
  changeMessageTemplate,
  createMessageTemplate,
  deleteMessageTemplate,
  getMessageTemplate,
  listMessageTemplates,
  messageTemplateList,
} from '../../../domain/marketing/message-template/change-template.ts'
import {
  ChangeMessageTemplate,
  CreateMessageTemplate,
  MessageTemplate,
  MessageTemplateRow,
} from '../../../domain/marketing/message-template/message-template.ts'
import {
  Preview,
  PreviewTemplate,
  previewTemplate,
  TestSent,
  TestTemplate,
  testTemplate,
} from '../../../domain/marketing/message-template/preview-template.ts'
import { route } from '../route.ts'

const body = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>{{ contact.name }}{{ contact.title }}，您好：</mj-text>
        <mj-text>新一季目录已经可以索取。</mj-text>
        <mj-button href="https://harbour.example/catalogue">索取目录</mj-button>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`

export const messageTemplateRoutes = [
  route({
    method: 'GET',
    path: '/v1/message-templates',
    summary: 'List the templates of mails',
    permission: 'message-templates.read',
    list: messageTemplateList,
    response: MessageTemplateRow,
    run: listMessageTemplates,
  }),
  route({
    method: 'POST',
    path: '/v1/message-templates',
    summary: 'Save a template of a mail',
    description:
      'MJML with Liquid, compiled when it is saved; a fault is refused with its place. Merge fields that not every recipient has need a default. Postal address and unsubscribe link are added where the body has none; the plain text is made from it.',
    permission: 'message-templates.write',
    body: CreateMessageTemplate,
    response: MessageTemplate,
    creates: true,
    example: {
      body: {
        name: '秋季目录',
        kind: 'campaign',
        locale: 'zh-CN',
        subject: '{{ customer.name }}：秋季目录',
        body,
        defaults: { 'contact.title': '' },
      },
    },
    run: createMessageTemplate,
  }),
  route({
    method: 'GET',
    path: '/v1/message-templates/{id}',
    summary: 'Get a template',
    permission: 'message-templates.read',
    response: MessageTemplate,
    run: getMessageTemplate,
  }),
  route({
    method: 'PATCH',
    path: '/v1/message-templates/{id}',
    summary: 'Change a template',
    description: 'JSON Merge Patch. Compiled again; campaigns that were launched keep what they were launched with.',
    permission: 'message-templates.write',
    body: ChangeMessageTemplate,
    response: MessageTemplate,
    example: { body: { subject: '{{ contact.name }}，秋季目录来了' } },
    run: changeMessageTemplate,
  }),
  route({
    method: 'DELETE',
    path: '/v1/message-templates/{id}',
    summary: 'Delete a template',
    permission: 'message-templates.write',
    run: deleteMessageTemplate,
  }),
  route({
    method: 'POST',
    path: '/v1/message-templates/{id}/preview',
    summary: 'See a template as a contact would read it',
    permission: 'message-templates.read',
    readOnly: true,
    body: PreviewTemplate,
    response: Preview,
    example: { body: { contactId: 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' } },
    run: previewTemplate,
  }),
  route({
    method: 'POST',
    path: '/v1/message-templates/{id}/test',
    summary: 'Mail a template to colleagues',
    description: 'As the contact would read it, with [Test] before the subject.',
    permission: 'message-templates.write',
    body: TestTemplate,
    response: TestSent,
    example: { body: { contactId: 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', userIds: ['usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] } },
    run: testTemplate,
  }),
]
