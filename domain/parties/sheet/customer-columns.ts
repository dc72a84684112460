import {
  choiceValue,
  listValue,
  moneyValue,
  paragraphValue,
  phonesValue,
  textValue,
  wholeValue,
  yesValue,
} from '../../kernel/cell-values.ts'
import type { Context } from '../../kernel/context.ts'
import { column, listColumn, momentColumn, partsOfField } from '../../kernel/transfer-field.ts'
import type { TransferField } from '../../kernel/transfer-kind.ts'
import { termsValue } from '../customer/terms-value.ts'
import { customerColumns } from './customer-link.ts'
import { nextContactColumn } from './next-contact-column.ts'

const kind = choiceValue({
  'end-user': ['终端客户', '最终用户', '直客', 'end user'],
  distributor: ['经销商', '代理商', '分销商'],
  partner: ['合作伙伴', '伙伴'],
})
const level = choiceValue({
  'key-major': ['重要', '重要客户', '大客户', 'a', 'a类', '重点', 'major'],
  'key-secondary': ['次要', '次要客户', 'b', 'b类', 'secondary'],
  ordinary: ['普通', '普通客户', 'c', 'c类'],
  small: ['小', '小客户', 'd', 'd类'],
})
const potential = choiceValue({ high: ['高', '大'], medium: ['中'], low: ['低', '小'] })
const stage = choiceValue({
  potential: ['潜在', '潜在客户'],
  target: ['目标', '目标客户'],
  'first-order': ['初次购买', '首单'],
  repeat: ['重复购买', '复购'],
  loyal: ['忠诚', '忠诚客户'],
  declining: ['退化', '下滑'],
  lost: ['流失', '流失客户'],
})

const countries = new Map(
  Object.entries({
    中国: 'CN',
    美国: 'US',
    日本: 'JP',
    德国: 'DE',
    英国: 'GB',
    法国: 'FR',
    荷兰: 'NL',
    意大利: 'IT',
    西班牙: 'ES',
    韩国: 'KR',
    香港: 'HK',
    台湾: 'TW',
    新加坡: 'SG',
  }),
)
const country = (_: Context, text: string) => countries.get(text) ?? text.toUpperCase()
const website = (_: Context, text: string) => (/^https?:\/\//i.test(text) ? text : `https://${text}`)

const address: TransferField[] = [
  column('address.country', 'Country', '国家', country as TransferField['read'], 'country code', '国家地区'),
  column('address.province', 'Province', '省份', textValue, '省', 'state', 'region', 'province/state', '所在省'),
  column('address.city', 'City', '城市', textValue, '市', '所在城市', 'town'),
  column('address.district', 'District', '区县', textValue, '区', 'county'),
  column('address.line', 'Address', '地址', textValue, '详细地址', '公司地址', 'street', 'address line', 'street address', '联系地址'),
  column('address.postalCode', 'Postal code', '邮编', textValue, '邮政编码', 'zip', 'zip code', 'postcode'),
  column('address.contact', 'Address contact', '收件人', textValue, '收货人'),
  column('address.phone', 'Address phone', '收件电话', textValue, '收货电话'),
]

const billing: TransferField[] = [
  column('billing.title', 'Invoice title', '发票抬头', textValue, '开票抬头', '开票名称'),
  column('billing.taxNumber', 'Invoice tax number', '开票税号', textValue),
  column('billing.bank', 'Bank', '开户行', textValue, '开户银行'),
  column('billing.account', 'Bank account', '银行账号', textValue, '账号', '银行帐号'),
  column('billing.address', 'Invoice address', '开票地址', textValue),
  column('billing.phone', 'Invoice phone', '开票电话', textValue),
]

const owner: TransferField[] = [
  column('owner.email', 'Owner e-mail', '负责人邮箱', textValue, '业务员邮箱', 'owner mail'),
  column(
    'owner.name',
    'Owner',
    '负责人',
    textValue,
    '业务员',
    '销售员',
    '所属销售',
    '跟进人',
    'sales rep',
    'account manager',
    'owner name',
  ),
  column('owner.externalId', 'Owner external ID', '负责人编号', textValue, '业务员工号', '负责人工号'),
]

/** The columns of customers. Those without a reader are for exports alone. */
export const customerSheetColumns: TransferField[] = [
  column('id', 'ID', 'ID', textValue, '客户ID', 'customer id'),
  column(
    'externalId',
    'External ID',
    '外部编号',
    textValue,
    '客户编号',
    '客户代码',
    '编号',
    'customer number',
    'customer code',
    'customer no',
    'code',
  ),
  column(
    'name',
    'Name',
    '客户名称',
    textValue,
    '名称',
    '公司名称',
    '企业名称',
    '单位名称',
    '客户',
    '公司',
    'company',
    'company name',
    'customer',
    'customer name',
    'account name',
    'firm',
  ),
  column('shortName', 'Short name', '简称', textValue, '客户简称', '公司简称', 'abbreviation'),
  listColumn('aliases', 'Aliases', '别名', listValue, '曾用名', '其他名称', 'former names', 'alias'),
  column(
    'taxNumber',
    'Tax number',
    '税号',
    textValue,
    '统一社会信用代码',
    '信用代码',
    '纳税人识别号',
    'vat number',
    'vat',
    'tax id',
    'unified social credit code',
  ),
  listColumn(
    'phones',
    'Phone',
    '电话',
    phonesValue,
    '联系电话',
    '手机',
    '手机号',
    '固定电话',
    '座机',
    '公司电话',
    'telephone',
    'tel',
    'mobile',
    'phone number',
    'phones',
  ),
  column('email', 'E-mail', '邮箱', textValue, '电子邮箱', '公司邮箱', '邮件', 'email address', 'mail'),
  column('website', 'Website', '网址', website as TransferField['read'], '网站', '官网', '主页', 'web', 'url', 'homepage'),
  column('industry', 'Industry', '行业', textValue, '所属行业', 'sector'),
  column('source', 'Source', '来源', textValue, '客户来源', 'lead source'),
  column('kind', 'Kind', '客户类型', kind, '类型', '客户性质', 'customer type', 'type'),
  ...customerColumns('parent', 'Parent company', '上级公司', 'parentCustomerId'),
  ...partsOfField('addresses', address),
  ...billing,
  listColumn('tags', 'Tags', '标签', listValue, '客户标签', 'labels', 'tag'),
  ...partsOfField('ownerId', owner),
  column('pool.name', 'Public pool', '公海', textValue, '公海池', 'pool'),
  column('level', 'Level', '客户级别', level, '级别', '等级', '客户等级', 'grade', 'rating'),
  column('growthPotential', 'Growth potential', '增长潜力', potential, '潜力'),
  column('poor', 'Poor customer', '劣质客户', yesValue, '劣质'),
  column('lifecycleStage', 'Lifecycle stage', '生命周期', stage, '客户阶段', '阶段', 'stage', 'lifecycle'),
  column('creditLimit', 'Credit limit', '信用额度', moneyValue as TransferField['read'], '授信额度'),
  column('overdueLimit', 'Overdue limit', '逾期额度', moneyValue as TransferField['read']),
  column('holdWhenOverdueDays', 'Hold when overdue (days)', '逾期停发天数', wholeValue),
  column('paymentTerms', 'Payment terms', '付款条件', termsValue, '账期', '结算方式', '信用期', 'terms', 'credit days'),
  column('priceLevel', 'Price level', '价格等级', textValue, '价格级别'),
  nextContactColumn,
  column('notes', 'Notes', '备注', paragraphValue, '说明', 'remarks', 'comments', 'description'),
  momentColumn('lastContactAt', 'Last contact', '最近联系'),
  column('lastQuotedOn', 'Last quote', '最近报价'),
  column('lastOrderedOn', 'Last order', '最近下单'),
  momentColumn('createdAt', 'Created', '创建时间'),
  momentColumn('updatedAt', 'Changed', '修改时间'),
]
