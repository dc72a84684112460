import { CampaignReport, CampaignReportQuery } from '../../../domain/analytics/campaign-report/campaign-report.ts'
import { reportCampaigns } from '../../../domain/analytics/campaign-report/report-campaigns.ts'
import { reportFiles } from '../../../domain/analytics/report/report.ts'
import { route } from '../route.ts'

export const campaignReportRoutes = [
  route({
    method: 'GET',
    path: '/v1/reports/campaigns',
    operationId: 'reportCampaigns',
    summary: 'What campaigns brought: funnel, costs, leads, orders, gross profit and ROI, side by side',
    description:
      'Orders from `from` to `to` are credited to the campaigns whose mail the customer clicked, or whose lead it became, in the days before: to the last of them unless asked otherwise. As a picture, one campaign is its funnel, several are compared.',
    permission: 'campaigns.read',
    query: CampaignReportQuery,
    response: CampaignReport,
    files: reportFiles,
    run: reportCampaigns,
  }),
]
