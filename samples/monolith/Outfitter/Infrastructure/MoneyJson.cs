using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Outfitter.Common;

namespace Outfitter.Infrastructure;

/// <summary>Money travels as a number with two decimals: 12.34.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    private const decimal AmountMax = 100_000_000;

    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var amount) || Math.Abs(amount) > AmountMax || decimal.Round(amount, 2) != amount)
            throw new JsonException("An amount is a number with at most two decimals, such as 12.34.");
        return Money.FromAmount(amount);
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Amount);
}

/// <summary>Says so in the OpenAPI document.</summary>
public sealed class MoneySchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(Money))
        {
            schema.Type = JsonSchemaType.Number;
            schema.Properties?.Clear();
            schema.Description = "An amount with two decimals, in the shop's currency.";
        }

        return Task.CompletedTask;
    }
}
