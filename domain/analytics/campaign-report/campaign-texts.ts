import type { Locale } from '../../kernel/text.ts'

/** What the report of campaigns says in sheets and pictures. */
export const campaignTexts = {
  'zh-CN': {
    title: '营销活动效果',
    funnel: '营销活动漏斗',
    campaign: '活动',
    steps: { audience: '受众', sent: '已发送', delivered: '已送达', opened: '已打开', clicked: '已点击', replied: '已回复' },
    refusals: { bounced: '退信', complained: '投诉', unsubscribed: '退订' },
    figures: {
      leads: '线索',
      qualified: '有效线索',
      converted: '转化线索',
      customers: '成交客户',
      orders: '订单',
      revenue: '销售额',
      grossProfit: '毛利',
      costUnknown: '成本未知的销售额',
      cost: '实际费用',
      roi: '投资回报率',
    },
  },
  en: {
    title: 'Effect of campaigns',
    funnel: 'Funnel of the campaign',
    campaign: 'Campaign',
    steps: { audience: 'Audience', sent: 'Sent', delivered: 'Delivered', opened: 'Opened', clicked: 'Clicked', replied: 'Replied' },
    refusals: { bounced: 'Bounced', complained: 'Complained', unsubscribed: 'Unsubscribed' },
    figures: {
      leads: 'Leads',
      qualified: 'Qualified',
      converted: 'Converted',
      customers: 'Customers',
      orders: 'Orders',
      revenue: 'Revenue',
      grossProfit: 'Gross profit',
      costUnknown: 'Revenue of unknown cost',
      cost: 'Actual cost',
      roi: 'ROI',
    },
  },
} satisfies Record<Locale, unknown>
