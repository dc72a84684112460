import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { Currency, Money } from '../../kernel/money.ts'
import { campaignStates, deliveryFacts } from '../../marketing/index.ts'
import { pageOfRows, pageQuery, spanQuery } from '../report/report.ts'
import { attributions } from './attribute.ts'

const mostCampaigns = 50
const id = 'cmp_[0-7][0-9A-HJKMNP-TV-Z]{25}'

export const CampaignReportQuery = z.object({
  ...spanQuery,
  campaignIds: z
    .string()
    .max(31 * mostCampaigns)
    .regex(new RegExp(`^${id}(,${id}){0,${mostCampaigns - 1}}$`), `is up to ${mostCampaigns} ids of campaigns, separated by commas`)
    .transform((text) => [...new Set(text.split(','))])
    .optional()
    .meta({ description: 'These alone. Left out: those that were made, or reached somebody, between the two days.' }),
  attribution: z.enum(attributions).default('last-touch').meta({
    description: 'Which of the campaigns that reached a customer before an order is credited: the last, the first, or each with its share.',
  }),
  days: z
    .string()
    .regex(/^\d{1,3}$/, 'days is a whole number from 1 to 365')
    .transform(Number)
    .pipe(z.int().min(1).max(365))
    .prefault('30')
    .meta({ description: 'How long before an order a campaign must have reached the customer. 1 to 365, 30 when left out.' }),
  basis: z.enum(['ordered', 'shipped']).default('ordered').meta({ description: 'Orders by orderedOn, or shipments less returns.' }),
  ...pageQuery,
})
export type CampaignReportQuery = z.output<typeof CampaignReportQuery>

const people = z.int().min(0)
const figures = {
  cost: Money.meta({ description: 'What it actually cost: `costs` in the currency of the firm.' }),
  leads: people.meta({ description: 'Leads that it brought so far.' }),
  qualified: people,
  converted: people,
  customers: people.meta({ description: 'Customers whose orders it is credited with.' }),
  orders: people,
  revenue: Money.meta({ description: 'Without tax.' }),
  grossProfit: Money.meta({ description: 'Of lines whose cost is known.' }),
  costUnknown: Money.meta({ description: 'Of the revenue that whose cost nobody knows.' }),
  roi: z.number().nullable().meta({ description: '(grossProfit − cost) / cost; null where nothing was spent.' }),
}

/** What everybody of the audience came to; everybody counts once. */
const Funnel = z
  .object({
    audience: people,
    sent: people,
    ...Object.fromEntries(Object.values(deliveryFacts).map((fact) => [fact, people])),
  })
  .meta({ id: 'CampaignFunnel' })

export const CampaignReport = z
  .object({
    from: BusinessDate,
    to: BusinessDate,
    attribution: z.enum(attributions),
    days: z.int(),
    basis: z.enum(['ordered', 'shipped']),
    currency: Currency,
    total: z.object(figures),
    rows: z
      .array(
        z.object({
          key: z.string().meta({ description: 'Id of the campaign.' }),
          label: z.string(),
          status: z.enum(campaignStates),
          budget: Money.nullable(),
          otherCosts: z.array(Money).max(100).meta({ description: 'Costs in other currencies; they are not part of `cost`.' }),
          funnel: Funnel,
          ...figures,
        }),
      )
      .max(1000)
      .meta({ description: 'The most gross profit first.' }),
    page: pageOfRows,
  })
  .meta({ id: 'CampaignReport' })
export type CampaignReport = z.input<typeof CampaignReport>
