using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Options;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Events;
using Outfitter.Events.Handlers;
using Outfitter.Jobs;
using Outfitter.Options;
using Outfitter.Repositories;
using Outfitter.Services;
using Outfitter.Validators;

namespace Outfitter.Infrastructure;

/// <summary>Who stands for what.</summary>
public static class ServiceRegistration
{
    public static IServiceCollection AddShop(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddShopOptions(configuration)
            .AddShopDatabase(configuration)
            .AddTechnicalParts()
            .AddRepositories()
            .AddDomainServices()
            .AddEventHandlers()
            .AddValidators()
            .AddPaymentGateway()
            .AddWeb();

    private static IServiceCollection AddShopOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ShopOptions>().Bind(configuration.GetSection("Shop")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LoyaltyOptions>().Bind(configuration.GetSection("Loyalty")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PayGateOptions>().Bind(configuration.GetSection("Payments")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<EmailOptions>().Bind(configuration.GetSection("Email")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<JobOptions>().Bind(configuration.GetSection("Jobs")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection("Auth")).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    private static IServiceCollection AddTechnicalParts(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Clock>();
        services.AddMemoryCache();
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentUser>();
        services.AddSingleton<TokenIssuer>();
        services.AddScoped<UnitOfWork>();
        services.AddScoped<NumberGenerator>();
        services.AddScoped<QueuedEmailSender>();
        services.AddScoped<IEmailSender>(provider => new LoggingEmailSender(provider.GetRequiredService<QueuedEmailSender>(), provider.GetRequiredService<ILogger<LoggingEmailSender>>()));
        services.AddSingleton<EventBus>();
        services.AddScoped<DemoData>();
        services.AddHostedService<EmailDeliveryJob>();
        services.AddScoped<NightlyRun>();
        services.AddHostedService<NightlyJob>();
        return services;
    }

    private static IServiceCollection AddRepositories(this IServiceCollection services) =>
        services
            .AddScoped(typeof(IRepository<>), typeof(EfRepository<>))
            .AddScoped<IRepository<Product>, ProductRepository>()
            .AddScoped<IProductRepository, ProductRepository>()
            .AddScoped<IStockRepository, StockRepository>()
            .AddScoped<IBasketRepository, BasketRepository>()
            .AddScoped<IOrderRepository, OrderRepository>();

    private static IServiceCollection AddDomainServices(this IServiceCollection services) =>
        services
            .AddScoped<ProductService>()
            .AddScoped<IProductService>(provider => ActivatorUtilities.CreateInstance<CachedProductService>(provider, provider.GetRequiredService<ProductService>()))
            .AddScoped<CategoryService>()
            .AddScoped<IPriceService, PriceService>()
            .AddScoped<TaxCalculator>()
            .AddScoped<CouponService>()
            .AddScoped<PromotionService>()
            .AddScoped<IStockService, StockService>()
            .AddScoped<ReplenishmentService>()
            .AddScoped<BasketService>()
            .AddScoped<CheckoutService>()
            .AddScoped<IOrderService, OrderService>()
            .AddScoped<IPaymentService, PaymentService>()
            .AddScoped<InvoiceService>()
            .AddScoped<ShippingService>()
            .AddScoped<CustomerService>()
            .AddScoped<LoyaltyService>()
            .AddScoped<WishlistService>()
            .AddScoped<ReviewService>()
            .AddScoped<SalesReportService>()
            .AddScoped<DashboardService>();

    private static IServiceCollection AddEventHandlers(this IServiceCollection services) =>
        services
            .AddScoped<IEventHandler<OrderPlaced>, OrderConfirmationHandler>()
            .AddScoped<IEventHandler<OrderPlaced>, SoldCountHandler>()
            .AddScoped<IEventHandler<OrderCancelled>, SoldCountHandler>()
            .AddScoped<IEventHandler<ShipmentDelivered>, AwardPointsHandler>()
            .AddScoped<IEventHandler<ShipmentDelivered>, ReviewInvitationHandler>()
            .AddScoped<IEventHandler<ReviewApproved>, ProductRatingHandler>();

    private static IServiceCollection AddValidators(this IServiceCollection services) =>
        services
            .AddSingleton<RequestValidator<SaveProductRequest>, SaveProductValidator>()
            .AddSingleton<RequestValidator<SavePromotionRequest>, SavePromotionValidator>()
            .AddSingleton<RequestValidator<CouponDto>, CouponValidator>()
            .AddSingleton<RequestValidator<PlaceOrderRequest>, PlaceOrderValidator>()
            .AddSingleton<RequestValidator<RegisterRequest>, RegisterValidator>()
            .AddSingleton<RequestValidator<SaveAddressRequest>, SaveAddressValidator>()
            .AddSingleton<RequestValidator<ReportQuery>, ReportQueryValidator>();

    private static IServiceCollection AddPaymentGateway(this IServiceCollection services)
    {
        services.AddSingleton<PayGateSandbox>();
        services.AddHttpClient<IPaymentGateway, PayGateClient>((provider, http) =>
            {
                var options = provider.GetRequiredService<IOptions<PayGateOptions>>().Value;
                http.BaseAddress = options.Url ?? new Uri("https://sandbox.paygate.example/");
                http.Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
                http.DefaultRequestHeaders.Authorization = new("Bearer", options.ApiKey);
            })
            .ConfigurePrimaryHttpMessageHandler(provider =>
                provider.GetRequiredService<IOptions<PayGateOptions>>().Value.Url is null ? provider.GetRequiredService<PayGateSandbox>() : new SocketsHttpHandler());
        return services;
    }

    private static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddAuthentication(TokenAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(TokenAuthenticationHandler.SchemeName, null);
        services.AddAuthorization();
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddHealthChecks();
        services
            .AddControllers(options =>
            {
                options.Filters.Add<ValidationFilter>();
                options.ModelMetadataDetailsProviders.Add(new SystemTextJsonValidationMetadataProvider());
            })
            .AddJsonOptions(json =>
            {
                json.JsonSerializerOptions.Converters.Add(new MoneyJsonConverter());
                json.JsonSerializerOptions.Converters.Add(new JsonStringEnumConverter());
            });
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new MoneyJsonConverter());
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
        });
        services.AddOpenApi(options =>
        {
            options.AddSchemaTransformer<MoneySchema>();
            // Several requests have a nested record Line.
            options.CreateSchemaReferenceId = type =>
                type.Type is { IsNested: true, DeclaringType: { IsGenericType: false } outer } ? outer.Name + type.Type.Name : Microsoft.AspNetCore.OpenApi.OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        });
        return services;
    }
}
