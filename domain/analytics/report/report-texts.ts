import type { Locale } from '../../kernel/text.ts'

/** What reports say in sheets and charts, in one language. */
interface ReportTexts {
  titles: Record<string, string>
  groups: Record<string, string>
  figures: Record<string, string>
  /** Instead of a key that there is none of. */
  nobody: Record<string, string>
  kinds: Record<string, string>
  methods: Record<string, string>
  total: string
  by(groups: string[]): string
  asOf(day: string): string
  span(from: string, to: string): string
}

const zh: ReportTexts = {
  titles: {
    activities: '跟进统计',
    deliveries: '交货统计',
    'receivables-ageing': '应收账龄',
    'receivables-due': '应收到期',
    receipts: '收款统计',
    'sales-ordered': '订单销售额',
    'sales-shipped': '出货销售额',
    'sales-received': '收款额',
  },
  groups: {
    rep: '业务员',
    team: '团队',
    day: '日期',
    week: '周',
    month: '月份',
    year: '年份',
    kind: '类型',
    customer: '客户',
    region: '地区',
    product: '产品',
    method: '收款方式',
  },
  figures: {
    count: '笔数',
    amount: '金额',
    margin: '毛利',
    notDue: '未到期',
    d1to30: '0–30 天',
    d31to60: '31–60 天',
    d61to90: '61–90 天',
    d91to180: '91–180 天',
    over180: '180 天以上',
    unallocated: '未核销收款',
    outstanding: '应收余额',
    overdueCount: '逾期笔数',
    shipped: '已出货',
    shippedLate: '延期出货',
    unshipped: '未出货',
    unshippedLate: '逾期未出',
  },
  nobody: { rep: '无负责人', team: '无团队', customer: '未知客户', region: '地区未知', product: '未指定产品' },
  kinds: { call: '电话', visit: '拜访', email: '邮件', message: '消息', meeting: '会议', note: '备注' },
  methods: {
    bank: '银行转账',
    cash: '现金',
    cheque: '支票',
    wechat: '微信',
    alipay: '支付宝',
    card: '刷卡',
    'bank-acceptance': '银行承兑汇票',
    'commercial-acceptance': '商业承兑汇票',
  },
  total: '合计',
  by: (groups) => `按${groups.join('、')}`,
  asOf: (day) => `截至 ${day}`,
  span: (from, to) => `${from} 至 ${to}`,
}

const en: ReportTexts = {
  titles: {
    activities: 'Activities',
    deliveries: 'Deliveries',
    'receivables-ageing': 'Ageing of receivables',
    'receivables-due': 'Receivables due',
    receipts: 'Receipts',
    'sales-ordered': 'Sales ordered',
    'sales-shipped': 'Sales shipped',
    'sales-received': 'Money received',
  },
  groups: {
    rep: 'Rep',
    team: 'Team',
    day: 'Day',
    week: 'Week',
    month: 'Month',
    year: 'Year',
    kind: 'Kind',
    customer: 'Customer',
    region: 'Region',
    product: 'Product',
    method: 'Method',
  },
  figures: {
    count: 'Count',
    amount: 'Amount',
    margin: 'Margin',
    notDue: 'Not due',
    d1to30: '0–30 days',
    d31to60: '31–60 days',
    d61to90: '61–90 days',
    d91to180: '91–180 days',
    over180: 'Over 180 days',
    unallocated: 'Unallocated',
    outstanding: 'Outstanding',
    overdueCount: 'Overdue',
    shipped: 'Shipped',
    shippedLate: 'Shipped late',
    unshipped: 'Unshipped',
    unshippedLate: 'Unshipped, late',
  },
  nobody: { rep: 'Nobody', team: 'No team', customer: 'Unknown customer', region: 'Region unknown', product: 'No product' },
  kinds: { call: 'Calls', visit: 'Visits', email: 'E-mails', message: 'Messages', meeting: 'Meetings', note: 'Notes' },
  methods: {
    bank: 'Bank transfer',
    cash: 'Cash',
    cheque: 'Cheque',
    wechat: 'WeChat',
    alipay: 'Alipay',
    card: 'Card',
    'bank-acceptance': 'Bank acceptance bill',
    'commercial-acceptance': 'Commercial acceptance bill',
  },
  total: 'Total',
  by: (groups) => `by ${groups.join(' and ').toLowerCase()}`,
  asOf: (day) => `As of ${day}`,
  span: (from, to) => `${from} – ${to}`,
}

export const reportTexts: Record<Locale, ReportTexts> = { 'zh-CN': zh, en }
