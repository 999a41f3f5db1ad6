// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;
import org.sekisho.repositoryjdbc.FaultyDataSource.Moment;

@Timeout(60)
class RowStoreOfferTest {

    private static final Octets SCOPE = Octets.utf8("s");
    private static final String DATABASE = "jdbc:derby:memory:offer";
    private static final String GONE = "gone";

    private final FaultyDataSource faults = new FaultyDataSource(new DriverDataSource(DATABASE + ";create=true"));
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void dropDatabase() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(DATABASE + ";drop=true"))
                .matches(e -> e.getSQLState().equals("08006") || e.getSQLState().equals("XJ004"));
    }

    @Test
    void a_store_is_offered_when_its_database_is_open() throws Exception {
        RowStoreOffer offer = offer();
        RowStore store = (RowStore) seen.take();
        store.transact(SCOPE, tx -> tx.insert(Table.GROUP, SCOPE, SCOPE));
        offer.close();
        assertThat(seen.take()).isEqualTo(GONE);
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> store.read(SCOPE, tx -> tx.get(Table.GROUP, SCOPE)));
    }

    @Test
    void a_database_that_is_down_at_the_start_is_used_when_it_is_up() throws Exception {
        faults.fail(Moment.CONNECT, "08001", 3);
        RowStoreOffer offer = offer();
        RowStore store = (RowStore) seen.take();
        assertThat(faults.left()).isZero();
        store.transact(SCOPE, tx -> tx.insert(Table.GROUP, SCOPE, SCOPE));
        offer.close();
    }

    @Test
    void nothing_is_offered_while_the_database_is_down() throws Exception {
        faults.fail(Moment.CONNECT, "08001", Integer.MAX_VALUE);
        RowStoreOffer offer = offer();
        assertThat(seen.poll(200, TimeUnit.MILLISECONDS)).isNull();
        offer.close();
        assertThat(seen.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void a_database_that_opens_when_all_is_over_is_not_offered() throws Exception {
        faults.fail(Moment.CONNECT, "08001", 1);
        RowStoreOffer offer = offer();
        offer.close();
        if (seen.poll(200, TimeUnit.MILLISECONDS) != null) { // offered before it was over
            assertThat(seen.take()).isEqualTo(GONE);
        }
        assertThat(seen.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    private RowStoreOffer offer() {
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("registerService");
                    assertThat(arguments[0]).isEqualTo(RowStore.class);
                    seen.add(arguments[1]);
                    return registration();
                });
        return new RowStoreOffer(context, faults.dataSource(), 1_000_000);
    }

    private ServiceRegistration<?> registration() {
        return (ServiceRegistration<?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("unregister");
                    seen.add(GONE);
                    return null;
                });
    }
}
