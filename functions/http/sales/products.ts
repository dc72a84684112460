import { withoutHidden } from '../../../domain/identity/index.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { changeProduct, createProduct, deleteProduct, getProduct } from '../../../domain/sales/product/change-product.ts'
import { listProducts, productList } from '../../../domain/sales/product/list-products.ts'
import { ChangeProduct, CreateProduct, Product, type Product as ProductRecord } from '../../../domain/sales/product/product.ts'
import { productKind } from '../../../domain/sales/product/product-kind.ts'
import { searchProducts } from '../../../domain/sales/product/search-products.ts'
import { upsertBySku } from '../../../domain/sales/product/upsert-product.ts'
import { bulkRoutes } from '../bulk.ts'
import { presentPage, searchAnswer, searchBody } from '../parties/search-body.ts'
import { type Route, route } from '../route.ts'
import { productExample } from './examples.ts'

/** As the caller may see it: what a product costs is not for everybody. */
const present = (ctx: Context, product: ProductRecord) => withoutHidden(ctx.actor, 'product', product)

const bySku = (): Route => ({
  ...route({
    method: 'PUT',
    path: '/v1/products/by-sku/{sku}',
    operationId: 'upsertProductBySku',
    summary: 'Create or change by SKU',
    description: 'Creates the product with that SKU (201), or changes it by merge when there is one (200): what is left out stays.',
    permission: 'products.write',
    body: CreateProduct.extend({ sku: CreateProduct.shape.sku.optional() }).meta({ id: 'UpsertProduct' }),
    response: Product,
    creates: true,
    example: { body: { name: '板对板连接器', listPrice: '1.85' } },
    location: ({ id }) => `/v1/products/${id}`,
    present,
    run: upsertBySku as never,
  }),
  upserts: true,
})

export const productRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/v1/products',
    summary: 'List products',
    description:
      'By SKU. filter[sku][prefix] takes the beginning of a SKU; filter[text][contains] any part of SKU, name, model, spec or brand, and pinyin or first letters of a Chinese name.',
    permission: 'products.read',
    list: productList,
    response: Product,
    present,
    run: listProducts,
  }),
  route({
    method: 'POST',
    path: '/v1/products',
    summary: 'Add a product',
    permission: 'products.write',
    body: CreateProduct,
    response: Product,
    creates: true,
    example: { body: productExample },
    present,
    run: createProduct,
  }),
  route({
    method: 'POST',
    path: '/v1/products/search',
    summary: 'Search products',
    operationId: 'searchProducts',
    description:
      'By any field, in any order, with the exact total. text looks into SKU, name, model, spec and brand, and finds a Chinese name by its pinyin (lianjieqi) or first letters (ljq).',
    permission: 'products.read',
    readOnly: true,
    body: searchBody('Products', Product).omit({ viewId: true }).meta({ id: 'SearchProducts' }),
    response: searchAnswer('Product', Product),
    example: { body: { text: 'ljq 40p', where: { field: 'active', op: 'eq', value: true }, limit: 10 } },
    present: presentPage(Product, present),
    run: searchProducts as () => Promise<never>,
  }),
  route({
    method: 'GET',
    path: '/v1/products/{id}',
    summary: 'Get a product',
    permission: 'products.read',
    response: Product,
    present,
    run: getProduct,
  }),
  route({
    method: 'PATCH',
    path: '/v1/products/{id}',
    summary: 'Change a product',
    description: 'JSON Merge Patch; prices are replaced as a whole. Documents that name the product keep what they say.',
    permission: 'products.write',
    body: ChangeProduct,
    response: Product,
    example: { body: { listPrice: '1.95' } },
    present,
    run: changeProduct,
  }),
  route({
    method: 'DELETE',
    path: '/v1/products/{id}',
    summary: 'Delete a product',
    description: 'Documents that name it keep what they say of it. One that is no longer sold is better set to active: false.',
    permission: 'products.write',
    run: deleteProduct,
  }),
  bySku(),
  ...bulkRoutes({ kind: productKind, response: Product, present, example: productExample }),
]
