using Conway.Service;
using Shop.Payments;
using Shop.Payments.Cards;
using Shop.Payments.Charges;
using Shop.Sqlite;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddConway();
builder.Services.AddSingleton(new PaymentsDb(Store.FromEnvironment("payments-db")).Migrate());
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PaymentsJson.Default));

var app = builder.Build();
app.MapConway();
app.MapKeepCard();
app.MapCharge();
app.MapRefund();
app.MapGetPayment();
app.Run();
