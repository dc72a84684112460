import { ActivityReport, ActivityReportQuery } from '../../../domain/analytics/activity-report/activity-report.ts'
import { reportActivities } from '../../../domain/analytics/activity-report/report-activities.ts'
import { reportFiles } from '../../../domain/analytics/report/report.ts'
import { route } from '../route.ts'

export const activityReportRoutes = [
  route({
    method: 'GET',
    path: '/v1/reports/activities',
    operationId: 'reportActivities',
    summary: 'Activities by rep, kind and time',
    description: 'How many calls, visits and the like the people whom the caller sees have logged, by the days on which they took place.',
    permission: 'reports.read',
    query: ActivityReportQuery,
    response: ActivityReport,
    files: reportFiles,
    run: reportActivities,
  }),
]
