using Conway.Service;
using Shop.Inventory;
using Shop.Inventory.Reservations;
using Shop.Inventory.Stock;
using Shop.Sqlite;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddConway();
builder.Services.AddSingleton(new InventoryDb(Store.FromEnvironment("inventory-db"), TimeProvider.System).Migrate());
builder.Services.AddHostedService<Warehouse>();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, InventoryJson.Default));

var app = builder.Build();
app.MapConway();
app.MapGetStock();
app.MapReserve();
app.MapCommit();
app.MapRelease();
app.Run();
