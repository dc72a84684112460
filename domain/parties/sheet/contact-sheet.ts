import { withoutHidden } from '../../identity/index.ts'
import { choiceValue, dateValue, paragraphValue, phonesValue, textValue, yesValue } from '../../kernel/cell-values.ts'
import type { Context } from '../../kernel/context.ts'
import { column, listColumn, momentColumn, plainValues } from '../../kernel/transfer-field.ts'
import type { Row, TransferField, TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { queryAll } from '../../store/query.ts'
import { findInOrder } from '../../store/read.ts'
import { matchByExternalId, matchById } from '../../store/row-matchers.ts'
import { contacts, contactsOf } from '../contact/contact.table.ts'
import type { Contact } from '../contact/contact.ts'
import { contactList, listContacts } from '../contact/list-contacts.ts'
import { rowsInSight } from '../customer/access.ts'
import { contactKind } from '../record-kinds.ts'
import { customerColumns, linkedCustomer } from './customer-link.ts'
import { customerNames, withCustomer } from './customer-names.ts'
import { sheetSource } from './sheet-source.ts'

const fields: TransferField[] = [
  column('id', 'ID', 'ID', textValue, '联系人ID', 'contact id'),
  column('externalId', 'External ID', '外部编号', textValue, '联系人编号', 'contact number', '编号'),
  ...customerColumns('customer', 'Customer', '客户').map((field) =>
    field.name === 'customer.name'
      ? { ...field, spellings: [...(field.spellings ?? []), '公司', '公司名称', '单位', 'company', 'company name', 'account', '所属客户'] }
      : field,
  ),
  column('name', 'Name', '姓名', textValue, '联系人', '联系人姓名', 'contact', 'contact name', 'full name', '名字'),
  column('title', 'Title', '职务', textValue, '职位', '头衔', 'job title', 'position'),
  listColumn(
    'phones',
    'Phone',
    '电话',
    phonesValue,
    '手机',
    '手机号',
    '联系电话',
    '手机号码',
    'mobile',
    'telephone',
    'tel',
    'phone number',
    'phones',
  ),
  column('email', 'E-mail', '邮箱', textValue, '电子邮箱', '邮件', 'email address', 'mail'),
  column('wechat', 'WeChat', '微信', textValue, '微信号', 'wechat id'),
  column('qq', 'QQ', 'QQ', textValue, 'qq号'),
  column('birthday', 'Birthday', '生日', dateValue, '出生日期', 'date of birth'),
  column('primary', 'Primary', '主要联系人', yesValue, '首要联系人', '是否主要', 'primary contact'),
  column('locale', 'Language', '语言', choiceValue({ 'zh-CN': ['中文', 'chinese', 'zh'], en: ['英文', 'english', '英语'] })),
  column('timeZone', 'Time zone', '时区', textValue),
  column('notes', 'Notes', '备注', paragraphValue, '说明', 'remarks', 'comments'),
  momentColumn('createdAt', 'Created', '创建时间'),
  momentColumn('updatedAt', 'Changed', '修改时间'),
]

async function compose(ctx: Context, values: Values): Promise<Record<string, unknown>> {
  const customerId = await linkedCustomer(ctx, values, 'customer')
  return { ...plainValues(values), ...(customerId ? { customerId } : {}) }
}

/** Contacts of the row's customer with the same value: people are told apart within their firm. */
const withinCustomer = (field: 'email' | 'name') => async (ctx: Context, values: Values) => {
  const customerId = await linkedCustomer(ctx, values, 'customer')
  if (!customerId) return []
  const wanted = String(values[field]).toLowerCase()
  const all = await queryAll<Contact>(ctx, contactsOf(customerId), { consistent: true })
  return all.filter((contact) => contact[field]?.toLowerCase() === wanted).map(({ id }) => id)
}

async function flatten(ctx: Context, records: object[]): Promise<Row[]> {
  const shown = records as Contact[]
  const names = await customerNames(ctx, shown)
  return shown.map((contact) => {
    const { phones, ...rest } = contact
    const plain = Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value !== 'object')) as Row
    return { ...plain, phones: phones?.join('; ') || null, ...withCustomer(names, contact.customerId) }
  })
}

/** Contacts in sheets, linked to their customers by id, externalId or name. */
export const contactSheet: TransferKind<Contact> = {
  kind: contactKind,
  label: { en: 'Contacts', 'zh-CN': '联系人' },
  fields,
  required: [['name'], ['customer.id', 'customer.externalId', 'customer.name']],
  matchers: {
    id: matchById(contacts),
    externalId: matchByExternalId(contacts),
    email: withinCustomer('email'),
    name: withinCustomer('name'),
  },
  compose,
  apartBy: ['customer.id', 'customer.externalId', 'customer.name'],
  search: sheetSource('contacts', async (ctx, ids) => rowsInSight(ctx, await findInOrder(ctx, contacts, ids))),
  list: { spec: contactList, read: listContacts },
  present: (ctx, contact) => withoutHidden(ctx.actor, 'contact', contact),
  flatten,
}
