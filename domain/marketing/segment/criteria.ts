import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import type { Tree } from '../../kernel/search-tree.ts'
import { checkPeople, type PersonField, survivors } from '../../parties/index.ts'
import { loadResponses, type ResponseCriterion, requireCampaigns, responseCriterion, responseField } from './response-criteria.ts'
import { loadSales, type SalesCriterion, salesCriterion, salesField } from './sales-criteria.ts'

/** What a tree asks beyond what the cards of contacts and customers say. */
interface Criteria {
  sales: SalesCriterion[]
  responses: ResponseCriterion[]
}

/** Trees of more are refused by the search itself; here it only must not run away. */
const deepest = 32

function criteriaOf(ctx: Context, where: Tree, at: string): Criteria {
  const found: Criteria = { sales: [], responses: [] }
  const visit = (node: Tree, path: string, depth: number): void => {
    if (depth > deepest) return
    if ('not' in node) visit(node.not, `${path}/not`, depth + 1)
    for (const joined of ['and', 'or'] as const)
      for (const [i, inner] of (joined in node ? (node as Record<string, Tree[]>)[joined]! : []).entries())
        visit(inner, `${path}/${joined}/${i}`, depth + 1)
    if (!('field' in node)) return
    const sales = salesCriterion(ctx, node, path)
    if (sales && !found.sales.some(({ field }) => field === sales.field)) found.sales.push(sales)
    const response = responseCriterion(node, path)
    if (response) found.responses.push(response)
  }
  visit(where, at, 1)
  return found
}

/** Fails as running the tree would: 422 for what cannot be asked, each with its code and place; 404 for a campaign there is not. */
export async function checkCriteria(ctx: Context, where: Tree, at = '/where'): Promise<void> {
  const { sales, responses } = criteriaOf(ctx, where, at)
  checkPeople(ctx, where, {
    ...Object.fromEntries(sales.map((criterion) => [criterion.field, salesField(criterion)])),
    ...Object.fromEntries(responses.map(({ field }) => [field, responseField])),
  })
  if (responses.length > 0) await requireCampaigns(ctx, responses)
}

/** The fields that a tree asks for besides those of contacts and customers, with what is known of them. */
export async function loadCriteria(ctx: Context, where: Tree): Promise<Record<string, PersonField>> {
  const { sales, responses } = criteriaOf(ctx, where, '/where')
  if (sales.length === 0 && responses.length === 0) return {}
  const survivorOf = sales.length > 0 ? await survivors(ctx) : () => undefined
  const whose = (partition: string) => {
    const survivor = survivorOf(partition)
    return survivor ? partitionOf(survivor) : partition
  }
  const [ofSales, ofCampaigns] = await Promise.all([loadSales(ctx, sales, whose), loadResponses(ctx, responses)])
  return { ...ofSales, ...ofCampaigns }
}
