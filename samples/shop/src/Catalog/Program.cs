using Conway.Service;
using Shop.Catalog;
using Shop.Catalog.Products;
using Shop.Catalog.Storage;
using Shop.Sqlite;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddConway();
builder.Services.AddSingleton(new CatalogDb(Store.FromEnvironment("catalog-db")).Migrate());
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CatalogJson.Default));

var app = builder.Build();
app.MapConway();
app.MapListProducts();
app.MapGetProduct();
app.MapListCategories();
app.Run();
