using Conway.Service;
using Shop.Basket;
using Shop.Basket.Catalog;
using Shop.Basket.Lines;
using Shop.Sqlite;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddConway();
builder.AddConwayClient<CatalogClient>("catalog");
builder.Services.AddSingleton(new BasketDb(Store.FromEnvironment("basket-db"), TimeProvider.System).Migrate());
builder.Services.AddScoped<PricedBasket>();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BasketJson.Default));

var app = builder.Build();
app.MapConway();
app.MapBaskets();
app.MapPutLine();
app.Run();
