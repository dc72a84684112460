import { userNames } from '../../identity/index.ts'
import { choiceValue, momentValue, paragraphValue, textValue } from '../../kernel/cell-values.ts'
import type { Context } from '../../kernel/context.ts'
import { column, momentColumn, plainValues } from '../../kernel/transfer-field.ts'
import type { Row, TransferField, TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { findInOrder } from '../../store/read.ts'
import { matchByExternalId, matchById } from '../../store/row-matchers.ts'
import { activities } from '../activity/activity.table.ts'
import type { Activity } from '../activity/activity.ts'
import { activityList, listActivities } from '../activity/list-activities.ts'
import { rowsInSight } from '../customer/access.ts'
import { activityKind } from '../record-kinds.ts'
import { customerColumns, linkedCustomer } from './customer-link.ts'
import { customerNames, withCustomer } from './customer-names.ts'
import { nextContactColumn } from './next-contact-column.ts'
import { sheetSource } from './sheet-source.ts'

const kind = choiceValue({
  call: ['电话', '来电', '致电', 'phone', 'phone call'],
  visit: ['拜访', '上门', '上门拜访', '走访'],
  email: ['邮件', 'mail', 'e-mail'],
  message: ['微信', '短信', '消息', 'wechat', 'sms', 'chat'],
  meeting: ['会议', '会面', '面谈'],
  note: ['备注', '记录', '其他'],
})

const fields: TransferField[] = [
  column('id', 'ID', 'ID', textValue, '记录ID', 'activity id'),
  column('externalId', 'External ID', '外部编号', textValue, '记录编号', '编号', 'activity number'),
  ...customerColumns('customer', 'Customer', '客户').map((field) =>
    field.name === 'customer.name'
      ? { ...field, spellings: [...(field.spellings ?? []), '公司', '公司名称', 'company', 'account'] }
      : field,
  ),
  column('kind', 'Kind', '方式', kind, '跟进方式', '类型', '联系方式', 'type', 'activity type'),
  momentColumn(
    'at',
    'At',
    '时间',
    momentValue as TransferField['read'],
    '跟进时间',
    '联系时间',
    '拜访时间',
    '日期',
    '跟进日期',
    'date',
    'time',
    'date and time',
    'activity date',
  ),
  column(
    'summary',
    'Summary',
    '内容',
    paragraphValue,
    '跟进内容',
    '跟进记录',
    '沟通内容',
    '纪要',
    'description',
    'text',
    'subject',
    'notes',
  ),
  column('outcome', 'Outcome', '结果', paragraphValue, '跟进结果', 'result'),
  column('contactId', 'Contact ID', '联系人ID', textValue),
  nextContactColumn,
  column('location.text', 'Place', '地点', textValue, '拜访地点', 'location'),
  { ...column('author.name', 'Author', '记录人'), of: 'authorId' },
  momentColumn('createdAt', 'Created', '创建时间'),
]

async function compose(ctx: Context, values: Values): Promise<Record<string, unknown>> {
  const customerId = await linkedCustomer(ctx, values, 'customer')
  const place = values['location.text']
  return { ...plainValues(values), ...(customerId ? { customerId } : {}), ...(place ? { location: { text: place } } : {}) }
}

async function flatten(ctx: Context, records: object[]): Promise<Row[]> {
  const shown = records as Activity[]
  const [names, people] = await Promise.all([customerNames(ctx, shown), userNames(ctx)])
  return shown.map((activity) => {
    const plain = Object.fromEntries(Object.entries(activity).filter(([, value]) => typeof value !== 'object')) as Row
    const more = { 'location.text': activity.location?.text ?? null, 'author.name': people.get(activity.authorId) ?? null }
    return { ...plain, ...more, ...withCustomer(names, activity.customerId) }
  })
}

/** Activities in sheets. Who imports them is their author: nobody can log in another one's name. */
export const activitySheet: TransferKind<Activity> = {
  kind: activityKind,
  label: { en: 'Activities', 'zh-CN': '跟进记录' },
  fields,
  required: [['kind'], ['at'], ['summary'], ['customer.id', 'customer.externalId', 'customer.name']],
  matchers: { id: matchById(activities), externalId: matchByExternalId(activities) },
  compose,
  apartBy: ['customer.id', 'customer.externalId', 'customer.name'],
  search: sheetSource('activities', async (ctx, ids) => rowsInSight(ctx, await findInOrder(ctx, activities, ids))),
  list: { spec: activityList, read: listActivities, whole: true },
  present: (_ctx, activity) => activity,
  flatten,
}
