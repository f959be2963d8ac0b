using Shop.Catalog;
using Shop.Catalog.Products;
using Shop.Catalog.Storage;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddConway();
builder.Services.AddSingleton(CatalogDb.FromEnvironment());
builder.Services.AddHostedService<SeedAtStart>();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CatalogJson.Default));

var app = builder.Build();
app.MapConway();
app.MapListProducts();
app.MapGetProduct();
app.MapListCategories();
app.Run();
