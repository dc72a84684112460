import { changeShipment, createShipment, deleteShipment, getShipment } from '../../../domain/sales/shipment/change-shipment.ts'
import { customerShipmentList, listShipments, shipmentList } from '../../../domain/sales/shipment/list-shipments.ts'
import {
  ChangeShipment,
  CreateShipment,
  Shipment,
  type Shipment as ShipmentFields,
  ShipmentRow,
} from '../../../domain/sales/shipment/shipment.ts'
import { shipmentKind } from '../../../domain/sales/shipment/shipment-kind.ts'
import { shownShipment, shownShipmentRow } from '../../../domain/sales/shipment/show-shipment.ts'
import { bulkRoutes } from '../bulk.ts'
import { ofCustomer } from '../parties/of-customer.ts'
import { presented, type Route, route } from '../route.ts'
import { shipmentExample } from './examples.ts'
import { shipmentActions, shipmentChange } from './shipment-actions.ts'

const row = { response: ShipmentRow, present: (_ctx: unknown, shipment: ShipmentFields) => shownShipmentRow(shipment) }

export const shipmentRoutes: Route[] = [
  presented({
    ...row,
    method: 'GET',
    path: '/v1/shipments',
    summary: 'List shipments',
    description:
      'By shippedOn, newest first, of the customers that the caller and those below own; those of one customer by creation. Rows come without lines.',
    permission: 'shipments.read',
    list: shipmentList,
    run: listShipments,
  }),
  presented({
    ...row,
    method: 'GET',
    path: '/v1/customers/{id}/shipments',
    summary: 'List the shipments of a customer',
    permission: 'shipments.read',
    list: customerShipmentList,
    run: (ctx, input) => listShipments(ctx, ofCustomer(input)),
  }),
  presented({
    ...shipmentChange,
    method: 'POST',
    path: '/v1/shipments',
    summary: 'Create a shipment',
    description:
      'Of lines of orders of one customer, of goods that were not ordered (直接出货), or both. A draft reserves nothing; with dispatch it leaves at once.',
    body: CreateShipment,
    creates: true,
    example: { body: shipmentExample },
    run: createShipment,
  }),
  presented({
    ...shipmentChange,
    method: 'GET',
    path: '/v1/shipments/{id}',
    summary: 'Get a shipment',
    permission: 'shipments.read',
    run: getShipment,
  }),
  presented({
    ...shipmentChange,
    method: 'PATCH',
    path: '/v1/shipments/{id}',
    summary: 'Change a shipment',
    description:
      'JSON Merge Patch of a draft; lines are replaced as a whole. Of one that left only carrier, trackingNumber, warehouse, notes and externalId.',
    body: ChangeShipment,
    example: { body: { trackingNumber: 'SF1020304050608' } },
    run: changeShipment,
  }),
  route({
    method: 'DELETE',
    path: '/v1/shipments/{id}',
    summary: 'Delete a draft of a shipment',
    permission: 'shipments.write',
    run: deleteShipment,
  }),
  ...shipmentActions,
  ...bulkRoutes({ kind: shipmentKind, response: Shipment, present: shownShipment, example: shipmentExample }),
]
