import { changeView, createView, deleteView } from '../../../domain/parties/view/change-view.ts'
import { getView, listViews, viewList } from '../../../domain/parties/view/read-view.ts'
import { ChangeView, CreateView, View } from '../../../domain/parties/view/view.ts'
import { route } from '../route.ts'

export const viewRoutes = [
  route({
    method: 'GET',
    path: '/v1/views',
    summary: 'List the saved views',
    description: "The caller's own, those of the teams it belongs to, and everybody's. Use one with `POST /v1/<noun>/search { viewId }`.",
    permission: 'views.read',
    list: viewList,
    response: View,
    run: listViews,
  }),
  route({
    method: 'POST',
    path: '/v1/views',
    summary: 'Save a search as a view',
    description:
      'Checked as if it were run. A shared view shows everybody what they see themselves: `me` is who uses it, `today` the day of use.',
    permission: 'views.write',
    body: CreateView,
    response: View,
    creates: true,
    example: {
      body: {
        name: '一周内要联系的客户',
        noun: 'customers',
        where: {
          and: [
            { field: 'ownerId', op: 'eq', value: 'me' },
            { field: 'nextContactOn', op: 'lte', value: 'today+7' },
          ],
        },
        sort: 'nextContactOn',
        fields: ['name', 'nextContactOn'],
        shared: 'team',
      },
    },
    run: createView,
  }),
  route({
    method: 'GET',
    path: '/v1/views/{id}',
    summary: 'Get a saved view',
    permission: 'views.read',
    response: View,
    run: getView,
  }),
  route({
    method: 'PATCH',
    path: '/v1/views/{id}',
    summary: 'Change a saved view',
    description: 'JSON Merge Patch; a tree takes the place of the former one as a whole. By who saved it, or an admin.',
    permission: 'views.write',
    body: ChangeView,
    response: View,
    example: { body: { sort: '-lastContactAt', shared: 'tenant' } },
    run: changeView,
  }),
  route({
    method: 'DELETE',
    path: '/v1/views/{id}',
    summary: 'Delete a saved view',
    permission: 'views.write',
    run: deleteView,
  }),
]
