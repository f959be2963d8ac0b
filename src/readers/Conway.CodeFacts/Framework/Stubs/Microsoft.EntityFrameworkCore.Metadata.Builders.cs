// Enough of Entity Framework Core's mappings to see what is mapped onto what.
using System;
using System.Collections.Generic;
using System.Linq.Expressions;

namespace Microsoft.EntityFrameworkCore.Metadata.Builders
{
    public class EntityTypeBuilder
    {
        public EntityTypeBuilder HasKey(params string[] names) => null;
        public EntityTypeBuilder HasNoKey() => null;
        public PropertyBuilder Property(string name) => null;
        public EntityTypeBuilder Ignore(string name) => null;
    }
    public class EntityTypeBuilder<T> : EntityTypeBuilder where T : class
    {
        public KeyBuilder HasKey(Expression<Func<T, object>> key) => null;
        public KeyBuilder HasAlternateKey(Expression<Func<T, object>> key) => null;
        public new EntityTypeBuilder<T> HasNoKey() => null;
        public PropertyBuilder<P> Property<P>(Expression<Func<T, P>> property) => null;
        public PropertyBuilder<P> Property<P>(string name) => null;
        public EntityTypeBuilder<T> Ignore(Expression<Func<T, object>> property) => null;
        public IndexBuilder HasIndex(Expression<Func<T, object>> index) => null;
        public IndexBuilder HasIndex(params string[] names) => null;
        public EntityTypeBuilder<T> HasQueryFilter(Expression<Func<T, bool>> filter) => null;
        public EntityTypeBuilder<T> HasData(params T[] data) => null;
        public EntityTypeBuilder<T> HasBaseType<B>() => null;
        public EntityTypeBuilder<T> ToTable(string name) => null;
        public EntityTypeBuilder<T> ToTable(string name, string schema) => null;
        public EntityTypeBuilder<T> ToTable(Action<TableBuilder<T>> build) => null;
        public EntityTypeBuilder<T> ToTable(string name, Action<TableBuilder<T>> build) => null;
        public EntityTypeBuilder<T> ToTable(string name, string schema, Action<TableBuilder<T>> build) => null;
        public EntityTypeBuilder<T> ToView(string name) => null;
        public EntityTypeBuilder<T> ToView(string name, string schema) => null;
        public EntityTypeBuilder<T> ToCollection(string name) => null;
        public EntityTypeBuilder<T> ToContainer(string name) => null;
        public EntityTypeBuilder<T> ToJson(string name = null) => null;
        public EntityTypeBuilder<T> UseTptMappingStrategy() => null;
        public EntityTypeBuilder<T> UseTpcMappingStrategy() => null;
        public EntityTypeBuilder<T> UseTphMappingStrategy() => null;
        public DiscriminatorBuilder<P> HasDiscriminator<P>(Expression<Func<T, P>> property) => null;
        public DiscriminatorBuilder<P> HasDiscriminator<P>(string name) => null;
        public DiscriminatorBuilder<string> HasDiscriminator() => null;
        public ReferenceNavigationBuilder<T, R> HasOne<R>(Expression<Func<T, R>> navigation) where R : class => null;
        public ReferenceNavigationBuilder<T, R> HasOne<R>(string navigation) where R : class => null;
        public ReferenceNavigationBuilder<T, R> HasOne<R>() where R : class => null;
        public CollectionNavigationBuilder<T, R> HasMany<R>(Expression<Func<T, IEnumerable<R>>> navigation) where R : class => null;
        public CollectionNavigationBuilder<T, R> HasMany<R>(string navigation) where R : class => null;
        public CollectionNavigationBuilder<T, R> HasMany<R>() where R : class => null;
        public OwnedNavigationBuilder<T, R> OwnsOne<R>(Expression<Func<T, R>> navigation) where R : class => null;
        public EntityTypeBuilder<T> OwnsOne<R>(Expression<Func<T, R>> navigation, Action<OwnedNavigationBuilder<T, R>> build) where R : class => null;
        public OwnedNavigationBuilder<T, R> OwnsOne<R>(string navigation) where R : class => null;
        public EntityTypeBuilder<T> OwnsOne<R>(string navigation, Action<OwnedNavigationBuilder<T, R>> build) where R : class => null;
        public OwnedNavigationBuilder<T, R> OwnsMany<R>(Expression<Func<T, IEnumerable<R>>> navigation) where R : class => null;
        public EntityTypeBuilder<T> OwnsMany<R>(Expression<Func<T, IEnumerable<R>>> navigation, Action<OwnedNavigationBuilder<T, R>> build) where R : class => null;
        public OwnedNavigationBuilder<T, R> OwnsMany<R>(string navigation) where R : class => null;
        public EntityTypeBuilder<T> OwnsMany<R>(string navigation, Action<OwnedNavigationBuilder<T, R>> build) where R : class => null;
        public ComplexPropertyBuilder<R> ComplexProperty<R>(Expression<Func<T, R>> property) => null;
        public EntityTypeBuilder<T> ComplexProperty<R>(Expression<Func<T, R>> property, Action<ComplexPropertyBuilder<R>> build) => null;
        public NavigationBuilder Navigation<R>(Expression<Func<T, R>> navigation) => null;
    }
    public class OwnedNavigationBuilder<O, T> where O : class where T : class
    {
        public KeyBuilder HasKey(Expression<Func<T, object>> key) => null;
        public KeyBuilder HasKey(params string[] names) => null;
        public PropertyBuilder<P> Property<P>(Expression<Func<T, P>> property) => null;
        public PropertyBuilder<P> Property<P>(string name) => null;
        public OwnedNavigationBuilder<O, T> Ignore(Expression<Func<T, object>> property) => null;
        public OwnedNavigationBuilder<O, T> ToTable(string name) => null;
        public OwnedNavigationBuilder<O, T> ToTable(string name, string schema) => null;
        public OwnedNavigationBuilder<O, T> ToTable(string name, Action<object> build) => null;
        public OwnedNavigationBuilder<O, T> ToJson(string name = null) => null;
        public OwnershipBuilder<O, T> WithOwner(string name = null) => null;
        public OwnershipBuilder<O, T> WithOwner(Expression<Func<T, O>> navigation) => null;
        public IndexBuilder HasIndex(Expression<Func<T, object>> index) => null;
        public ReferenceNavigationBuilder<T, R> HasOne<R>(Expression<Func<T, R>> navigation) where R : class => null;
        public ReferenceNavigationBuilder<T, R> HasOne<R>() where R : class => null;
        public OwnedNavigationBuilder<T, R> OwnsOne<R>(Expression<Func<T, R>> navigation) where R : class => null;
        public OwnedNavigationBuilder<O, T> OwnsOne<R>(Expression<Func<T, R>> navigation, Action<OwnedNavigationBuilder<T, R>> build) where R : class => null;
        public OwnedNavigationBuilder<T, R> OwnsOne<R>(string navigation) where R : class => null;
        public OwnedNavigationBuilder<O, T> OwnsOne<R>(string navigation, Action<OwnedNavigationBuilder<T, R>> build) where R : class => null;
        public OwnedNavigationBuilder<T, R> OwnsMany<R>(Expression<Func<T, IEnumerable<R>>> navigation) where R : class => null;
        public OwnedNavigationBuilder<O, T> OwnsMany<R>(Expression<Func<T, IEnumerable<R>>> navigation, Action<OwnedNavigationBuilder<T, R>> build) where R : class => null;
        public OwnedNavigationBuilder<T, R> OwnsMany<R>(string navigation) where R : class => null;
        public OwnedNavigationBuilder<O, T> OwnsMany<R>(string navigation, Action<OwnedNavigationBuilder<T, R>> build) where R : class => null;
    }
    public class OwnershipBuilder<O, T>
    {
        public OwnershipBuilder<O, T> HasForeignKey(Expression<Func<T, object>> key) => null;
        public OwnershipBuilder<O, T> HasForeignKey(params string[] names) => null;
    }
    public class ReferenceNavigationBuilder<T, R> where T : class where R : class
    {
        public ReferenceCollectionBuilder<R, T> WithMany(Expression<Func<R, IEnumerable<T>>> navigation) => null;
        public ReferenceCollectionBuilder<R, T> WithMany(string navigation = null) => null;
        public ReferenceReferenceBuilder<T, R> WithOne(Expression<Func<R, T>> navigation) => null;
        public ReferenceReferenceBuilder<T, R> WithOne(string navigation = null) => null;
    }
    public class CollectionNavigationBuilder<T, R> where T : class where R : class
    {
        public ReferenceCollectionBuilder<T, R> WithOne(Expression<Func<R, T>> navigation) => null;
        public ReferenceCollectionBuilder<T, R> WithOne(string navigation = null) => null;
        public CollectionCollectionBuilder<R, T> WithMany(Expression<Func<R, IEnumerable<T>>> navigation) => null;
        public CollectionCollectionBuilder<R, T> WithMany(string navigation = null) => null;
    }
    public class ReferenceCollectionBuilder<P, D>
    {
        public ReferenceCollectionBuilder<P, D> HasForeignKey(Expression<Func<D, object>> key) => null;
        public ReferenceCollectionBuilder<P, D> HasForeignKey(params string[] names) => null;
        public ReferenceCollectionBuilder<P, D> HasPrincipalKey(Expression<Func<P, object>> key) => null;
        public ReferenceCollectionBuilder<P, D> OnDelete(DeleteBehavior behavior) => null;
        public ReferenceCollectionBuilder<P, D> IsRequired(bool required = true) => null;
        public ReferenceCollectionBuilder<P, D> HasConstraintName(string name) => null;
    }
    public class ReferenceReferenceBuilder<T, R>
    {
        public ReferenceReferenceBuilder<T, R> HasForeignKey<D>(Expression<Func<D, object>> key) where D : class => null;
        public ReferenceReferenceBuilder<T, R> HasForeignKey<D>(params string[] names) where D : class => null;
        public ReferenceReferenceBuilder<T, R> OnDelete(DeleteBehavior behavior) => null;
        public ReferenceReferenceBuilder<T, R> IsRequired(bool required = true) => null;
    }
    public class CollectionCollectionBuilder<L, R> where L : class where R : class
    {
        public EntityTypeBuilder<J> UsingEntity<J>() where J : class => null;
        public EntityTypeBuilder<R> UsingEntity<J>(Action<EntityTypeBuilder<J>> build) where J : class => null;
        public EntityTypeBuilder UsingEntity(string name) => null;
        public EntityTypeBuilder<J> UsingEntity<J>(Func<EntityTypeBuilder<J>, object> right, Func<EntityTypeBuilder<J>, object> left) where J : class => null;
        public EntityTypeBuilder<R> UsingEntity<J>(Func<EntityTypeBuilder<J>, object> right, Func<EntityTypeBuilder<J>, object> left, Action<EntityTypeBuilder<J>> build) where J : class => null;
    }
    public class DiscriminatorBuilder<P>
    {
        public DiscriminatorBuilder<P> HasValue<T>(P value) => null;
        public DiscriminatorBuilder<P> HasValue<T>() => null;
    }
    public class KeyBuilder { public KeyBuilder HasName(string name) => null; }
    public class TableBuilder<T> { public TableBuilder<T> IsTemporal() => null; }
    public class IndexBuilder { public IndexBuilder IsUnique(bool unique = true) => null; public IndexBuilder HasFilter(string sql) => null; }
    public class NavigationBuilder { public NavigationBuilder AutoInclude(bool include = true) => null; }
    public class ComplexPropertyBuilder<T> { public PropertyBuilder<P> Property<P>(Expression<Func<T, P>> property) => null; }
    public class PropertyBuilder { public PropertyBuilder HasColumnName(string name) => null; public PropertyBuilder IsRequired(bool required = true) => null; public PropertyBuilder HasMaxLength(int length) => null; }
    public class PropertyBuilder<P> : PropertyBuilder
    {
        public PropertyBuilder<P> HasConversion<V>(Expression<Func<P, V>> to, Expression<Func<V, P>> from) => null;
        public PropertyBuilder<P> HasConversion<V>() => null;
        public new PropertyBuilder<P> HasColumnName(string name) => null;
        public PropertyBuilder<P> HasColumnType(string name) => null;
        public new PropertyBuilder<P> IsRequired(bool required = true) => null;
        public new PropertyBuilder<P> HasMaxLength(int length) => null;
        public PropertyBuilder<P> HasPrecision(int precision, int scale) => null;
        public PropertyBuilder<P> HasDefaultValue(object value) => null;
        public PropertyBuilder<P> HasDefaultValueSql(string sql) => null;
        public PropertyBuilder<P> ValueGeneratedNever() => null;
        public PropertyBuilder<P> ValueGeneratedOnAdd() => null;
        public PropertyBuilder<P> IsConcurrencyToken(bool token = true) => null;
        public PropertyBuilder<P> IsRowVersion() => null;
        public PropertyBuilder<P> IsUnicode(bool unicode = true) => null;
    }
}
