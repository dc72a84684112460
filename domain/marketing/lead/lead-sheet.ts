import { linkedUser, userNames, withoutHidden } from '../../identity/index.ts'
import { choiceValue, momentValue, paragraphValue, textValue } from '../../kernel/cell-values.ts'
import type { Context } from '../../kernel/context.ts'
import { column, momentColumn, partsOf, partsOfField, plainValues } from '../../kernel/transfer-field.ts'
import type { Row, TransferField, TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { matchByExternalId, matchById } from '../../store/row-matchers.ts'
import { openLeadOf } from './capture-lead.ts'
import { leads } from './lead.table.ts'
import type { Lead } from './lead.ts'
import { leadKind } from './lead-kind.ts'
import { leadList, listLeads } from './list-leads.ts'

const fields: TransferField[] = [
  column('id', 'ID', 'ID', textValue, '线索ID', 'lead id'),
  column('externalId', 'External ID', '外部编号', textValue, '线索编号', '编号'),
  column('name', 'Name', '姓名', textValue, '联系人', 'contact', 'full name', '名字'),
  column('company', 'Company', '公司', textValue, '公司名称', '单位', 'company name', 'account'),
  column('title', 'Title', '职务', textValue, '职位', 'job title', 'position'),
  column('email', 'E-mail', '邮箱', textValue, '电子邮箱', '邮件', 'email address', 'mail'),
  column('phone', 'Phone', '电话', textValue, '手机', '手机号', '联系电话', 'mobile', 'telephone', 'phone number'),
  column('wechat', 'WeChat', '微信', textValue, '微信号'),
  column('industry', 'Industry', '行业', textValue),
  column('country', 'Country', '国家', textValue, '国家代码'),
  column('province', 'Province', '省份', textValue, '省', 'state', 'region'),
  column('city', 'City', '城市', textValue, '市'),
  column('message', 'Message', '留言', paragraphValue, '需求', 'enquiry', 'inquiry'),
  column('source', 'Source', '来源', textValue, '线索来源', 'lead source'),
  column('campaignId', 'Campaign ID', '活动ID', textValue),
  ...partsOfField('ownerId', [
    column('owner.id', 'Owner ID', '负责人ID', textValue),
    column('owner.email', 'Owner e-mail', '负责人邮箱', textValue, 'owner email'),
    column('owner.name', 'Owner', '负责人', textValue, '跟进人', '业务员', 'sales rep'),
  ]),
  column('locale', 'Language', '语言', choiceValue({ 'zh-CN': ['中文', 'chinese', 'zh'], en: ['英文', 'english', '英语'] })),
  ...partsOfField('consent', [
    momentColumn('consent.at', 'Consent given', '同意时间', momentValue),
    column('consent.source', 'Consent by', '同意方式', textValue),
    column('consent.textVersion', 'Consent text', '同意文本版本', textValue),
  ]),
  column('notes', 'Notes', '备注', paragraphValue, '说明', 'remarks'),
  column('status', 'Status', '状态'),
  column('score', 'Score', '评分'),
  column('captureCount', 'Times', '次数'),
  momentColumn('createdAt', 'Created', '创建时间'),
]

const idsOf = (id: string | undefined) => (id ? [id] : [])

/** What a change takes: how a lead came, and whose it is, stay. */
async function compose(ctx: Context, values: Values, current?: Lead): Promise<Record<string, unknown>> {
  const { source, campaignId, ...plain } = plainValues(values)
  if (current) return plain
  const [owner, consent] = [await linkedUser(ctx, values, 'owner'), partsOf(values, 'consent')]
  const origin = { ...(source ? { source } : {}), ...(campaignId ? { campaignId } : {}) }
  return { ...plain, ...origin, ...(owner ? { ownerId: owner.id } : {}), ...(consent ? { consent } : {}) }
}

async function flatten(ctx: Context, records: object[]): Promise<Row[]> {
  const names = await userNames(ctx)
  return (records as (Lead & { score: number })[]).map((lead) => {
    const { consent, ownerId, captureCount } = lead
    const plain = Object.fromEntries(Object.entries(lead).filter(([, value]) => typeof value !== 'object')) as Row
    const given = {
      'consent.at': consent?.at ?? null,
      'consent.source': consent?.source ?? null,
      'consent.textVersion': consent?.textVersion ?? null,
    }
    const owner = { 'owner.id': ownerId ?? null, 'owner.name': (ownerId && names.get(ownerId)) || null }
    return { ...plain, ...given, ...owner, captureCount: captureCount ?? 1 }
  })
}

/** Leads in sheets: lists of fairs and of other systems. */
export const leadSheet: TransferKind<Lead> = {
  kind: leadKind,
  label: { en: 'Leads', 'zh-CN': '线索' },
  fields,
  required: [['name']],
  matchers: {
    id: matchById(leads),
    externalId: matchByExternalId(leads),
    email: async (ctx, { email }) => idsOf((await openLeadOf(ctx, String(email).trim().toLowerCase()))?.id),
  },
  compose,
  apartBy: ['email', 'externalId'],
  inUse: async (_ctx, { converted }) => (converted ? 'It was converted into a customer.' : undefined),
  list: { spec: leadList, read: listLeads },
  present: (ctx, lead) => withoutHidden(ctx.actor, 'lead', lead),
  flatten,
}
