using Conway.Service;
using Shop.Orders;
using Shop.Orders.Calls;
using Shop.Orders.Following;
using Shop.Orders.Fulfilment;
using Shop.Orders.Placing;
using Shop.Sqlite;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddConway();
builder.AddConwayClient<BasketClient>("basket");
builder.AddConwayClient<CatalogClient>("catalog");
builder.AddConwayClient<InventoryClient>("inventory");
builder.AddConwayClient<PaymentsClient>("payments");
builder.AddConwayClient<ShippingClient>("shipping");
builder.Services.AddSingleton(new OrdersDb(Store.FromEnvironment("orders-db"), TimeProvider.System).Migrate());
builder.Services.AddSingleton<OrderBell>();
builder.Services.AddScoped<Pricing>();
builder.Services.AddScoped<OrderSteps>();
builder.Services.AddHostedService<Fulfilment>();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, OrdersJson.Default));

var app = builder.Build();
app.MapConway();
app.MapPlaceOrder();
app.MapGetOrder();
app.Run();
